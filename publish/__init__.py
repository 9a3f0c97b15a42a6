"""From records to a database and a site, and the program `kehoach`. Import what you need from its modules."""

"""The progress report of one plan, as a document to finish and sign (NĐ 30/2020/NĐ-CP) and as a workbook.

The database -> `facts` -> `parts` and `letterhead` -> `content.Report`, which `word` and `workbook` write.
"""

"""Electronic exchange of documents with other organisations (QĐ 28/2018/QĐ-TTg, QCVN 102:2016)."""

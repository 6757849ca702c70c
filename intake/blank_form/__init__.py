"""Makes the blank form from its sheet, as Word and as a fillable PDF, so that form and sheet cannot disagree."""

# What R's parser says of files whose paths come on standard input: a row for each node, after a row with the path.
for (path in readLines(file("stdin"), encoding = "UTF-8")) {
  parsed <- tryCatch(parse(path, keep.source = TRUE, encoding = "UTF-8"), error = function(e) NULL)
  cat("file\t", path, "\t", if (is.null(parsed)) "R reports a syntax error" else "", "\n", sep = "")
  data <- if (is.null(parsed)) NULL else getParseData(parsed, includeText = FALSE)
  if (is.null(data) || nrow(data) == 0) next
  text <- getParseText(data[data$terminal, ], data$id[data$terminal])
  data$text <- ""
  data$text[data$terminal] <- gsub("[\t\r\n]", " ", substr(text, 1, 200))
  cat(paste(data$id, data$parent, data$line1, data$col1, data$token, data$text, sep = "\t"), sep = "\n")
  cat("\n")
}

# The measurements of tests/bench_analysis.c in R: Rscript peer.R FILE.csv ROWS. A line each: name wall cpu value.
words <- commandArgs(TRUE)
measure <- function(name, work, runs = 3) {
    times <- vapply(seq_len(runs), function(run) {
        gc(FALSE)
        used <- system.time(result <<- work())
        c(used[["elapsed"]], used[["user.self"]] + used[["sys.self"]])
    }, c(0, 0))
    value <- result$value
    cat(name, median(times[1, ]), median(times[2, ]), sprintf("%.15g", value), "\n")
    invisible(result$kept)
}
has_table <- requireNamespace("data.table", quietly = TRUE)
read <- if (has_table) function() data.table::fread(words[1], showProgress = FALSE) else
    function() utils::read.csv(words[1])
table <- measure("csv", function() { t <- read(); list(value = nrow(t), kept = t) })
x <- as.matrix(table)
storage.mode(x) <- "integer"
rm(table)
measure("means", function() {
    mean <- colMeans(x)
    sd <- apply(x, 2, sd)
    frequency <- apply(x, 2, tabulate, nbins = 5)
    list(value = sd[[1]])
})
measure("correlation", function() list(value = cor(x)[2, 1]))
measure("alpha", function() {
    s <- cov(x)
    k <- ncol(x)
    all <- sum(s)
    alpha <- k / (k - 1) * (1 - sum(diag(s)) / all)
    rest <- all - 2 * rowSums(s) + diag(s)
    without <- (k - 1) / (k - 2) * (1 - (sum(diag(s)) - diag(s)) / rest)
    item_rest <- (rowSums(s) - diag(s)) / sqrt(diag(s) * rest)
    list(value = alpha)
})
if (requireNamespace("psych", quietly = TRUE))
    measure("alpha_psych", function() list(value = psych::alpha(x, check.keys = FALSE)$total$raw_alpha), 1)
for (units in c(200, 10000)) {
    unit <- as.integer(((seq_len(nrow(x)) - 1) * 7919) %% units)
    measure(paste0("units_", format(units, scientific = FALSE)), function() {
        score <- rowMeans(x)
        if (has_table) {
            t <- data.table::data.table(unit, score)
            all <- t[, list(n = .N, mean = mean(score), sd = stats::sd(score)), keyby = "unit"]
            n <- all$n; mean <- all$mean; sd <- all$sd
        } else {
            n <- tapply(score, unit, length); mean <- tapply(score, unit, mean); sd <- tapply(score, unit, sd)
        }
        half <- qt(0.975, n - 1) * sd / sqrt(n)
        list(value = (mean - half)[[1]])
    })
}
peak <- grep("VmHWM", readLines("/proc/self/status"), value = TRUE)
cat("peak_mb", as.numeric(gsub("[^0-9]", "", peak)) / 1024, 0, 0, "\n")

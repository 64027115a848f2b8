//! Nothing: the benchmark beside this file is the package.

# `cmake --install`: the binary, the rooms as libraries with their headers, and a package for find_package(regimetry).

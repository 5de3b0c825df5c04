# How every room is compiled: one place for the language, the warnings and the floating-point rules.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Another clone of the same sources finds what the first compiled, precompiled headers included.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
endif()

add_library(regimetry_compile INTERFACE)
target_compile_options(regimetry_compile INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wconversion -Wno-sign-conversion -Werror
  # a*b+c must round twice on every machine: "same data + config + version = same bytes" does not survive
  # a compiler that contracts it into one instruction on some processors and not on others.
  -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports false positives of these inside libstdc++ and fmt at -O3.
  target_compile_options(regimetry_compile INTERFACE -Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overflow
                                                     -Wno-array-bounds -Wno-stringop-overread)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12.2 with AVX-512 stores {a, a, 0, 0} as {a, a, a, a} when it merges the stores of straight-line code
  # (tests/core/stored_constants_test.cpp). Loops are vectorised as before.
  target_compile_options(regimetry_compile INTERFACE -fno-tree-slp-vectorize)
endif()
if(REGIMETRY_NATIVE)
  target_compile_options(regimetry_compile INTERFACE -march=native)
endif()
if(REGIMETRY_SANITIZE)
  # A finding must fail the run, and assertions must hold where we look hardest.
  target_compile_options(regimetry_compile INTERFACE -fsanitize=${REGIMETRY_SANITIZE} -fno-sanitize-recover=all
                                                     -fno-omit-frame-pointer -UNDEBUG -D_GLIBCXX_ASSERTIONS)
  target_link_options(regimetry_compile INTERFACE -fsanitize=${REGIMETRY_SANITIZE})
endif()
target_include_directories(regimetry_compile INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>)

find_package(Threads REQUIRED)

# Declares the room NAME with the given sources: target regimetry_<name>, alias regimetry::<name>.
function(regimetry_room name)
  add_library(regimetry_${name} STATIC ${ARGN})
  add_library(regimetry::${name} ALIAS regimetry_${name})
  set_target_properties(regimetry_${name} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(regimetry_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/regimetry>)
  # Matrices are made in our libraries and freed in our users' programs. Eigen aligns memory by the processor that each
  # side is compiled for; with one number said here, both sides agree whatever their flags. It is that of the widest
  # registers: with less, Eigen's blocked products still store whole registers and crash.
  target_compile_definitions(regimetry_${name} PUBLIC EIGEN_MAX_ALIGN_BYTES=64)
  # The flags are ours, not our users': private, and absent from the installed package.
  target_link_libraries(regimetry_${name} PRIVATE $<BUILD_INTERFACE:regimetry_compile>)
  set_property(GLOBAL APPEND PROPERTY REGIMETRY_ROOMS ${name})
endfunction()

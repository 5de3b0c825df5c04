# Rooms that learn have two parts. The plain one (regimetry_nn, regimetry_models) holds options, weights, files and
# inference; the modules (regimetry_nn_modules, ...) hold what needs libtorch, which takes about a second to load and
# twelve to include: only programs that train or compare link them.

# Debian's libtorch, or another one named by CMAKE_PREFIX_PATH, or the one of this machine's Python.
find_package(Torch QUIET)
if(NOT Torch_FOUND)
  execute_process(COMMAND python3 -c "import torch; print(torch.utils.cmake_prefix_path)"
                  OUTPUT_VARIABLE torch_of_python OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  find_package(Torch REQUIRED HINTS ${torch_of_python}/Torch)
endif()

find_package(OpenMP COMPONENTS CXX)
option(REGIMETRY_ONEDNN "Use oneDNN for the products of training on a CPU, where it is installed" ON)
if(REGIMETRY_ONEDNN)
  find_package(dnnl 2.6 QUIET)
endif()
if(TARGET DNNL::dnnl)
  message(STATUS "Products of training on a CPU: oneDNN ${dnnl_VERSION}")
else()
  message(STATUS "Products of training on a CPU: libtorch's own (oneDNN is off or not installed: libdnnl-dev)")
endif()

# Declares regimetry_<name>, a library whose sources may include torch headers.
function(regimetry_torch_library name)
  add_library(regimetry_${name} STATIC ${ARGN})
  set_target_properties(regimetry_${name} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(regimetry_${name} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>)
  # Torch's headers are not ours to mend: as system headers they raise no warnings.
  target_include_directories(regimetry_${name} SYSTEM PUBLIC ${TORCH_INCLUDE_DIRS})
  target_link_libraries(regimetry_${name} PUBLIC ${TORCH_LIBRARIES} PRIVATE $<BUILD_INTERFACE:regimetry_compile>)
  regimetry_precompile_torch(regimetry_${name})
endfunction()

# <torch/nn.h> takes twelve seconds to read: once for all targets, not once for each.
function(regimetry_precompile_torch target)
  if(target STREQUAL regimetry_nn_modules)
    target_precompile_headers(${target} PRIVATE <torch/nn.h>)
  else()
    target_precompile_headers(${target} REUSE_FROM regimetry_nn_modules)
  endif()
endfunction()

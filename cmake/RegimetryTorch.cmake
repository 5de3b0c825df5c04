# Rooms that learn have two parts. The plain one (regimetry_nn, regimetry_models) holds options, weights, files and
# inference; the modules (regimetry_nn_modules, ...) hold what needs libtorch, which takes about a second to load and
# twelve to include: only programs that train or compare link them.

# Debian's libtorch, or another one named by -DCMAKE_PREFIX_PATH (python3 -c 'import torch; print(torch.utils.cmake_prefix_path)').
find_package(Torch REQUIRED)

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
  target_precompile_headers(regimetry_${name} PRIVATE <torch/nn.h>)
endfunction()

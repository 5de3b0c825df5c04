#include "quality_method.hpp"

namespace regimetry::bench {

std::vector<QualityMethod> quality_methods() {
  std::vector<QualityMethod> all;
  for (const std::vector<QualityMethod>& part :
       {oracle_methods(), chain_methods(), group_methods(), jump_methods()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace regimetry::bench

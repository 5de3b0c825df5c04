#include "neighbors/nearest_neighbors.hpp"

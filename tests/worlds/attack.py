"""What somebody who keeps everything that was published can find out: by solving it, exactly.

Solved in whole numbers modulo a prime, by other code than the rule's own.
"""

import numpy as np

PRIME = 2_147_483_629


def recovered(published, wanted):
    """Return which wanted sums follow from the published ones; each is a set of atoms, or factors by atom."""
    atoms = sorted({atom for each in (*published, *wanted) for atom in each})
    place = {atom: number for number, atom in enumerate(atoms)}
    solved, pivots = _solved(_matrix(published, place))
    return [each for each in wanted if not _left(_matrix([each], place)[0], solved, pivots).any()]


def _matrix(sums, place):
    matrix = np.zeros((len(sums), len(place)), dtype=np.int64)
    for number, members in enumerate(sums):
        for atom in members:
            matrix[number, place[atom]] = (members[atom] if isinstance(members, dict) else 1) % PRIME
    return matrix


def _solved(matrix):
    pivots, row = [], 0
    for column in range(matrix.shape[1]):
        rest = np.nonzero(matrix[row:, column])[0]
        if not len(rest):
            continue
        matrix[[row, row + rest[0]]] = matrix[[row + rest[0], row]]
        matrix[row] = matrix[row] * pow(int(matrix[row, column]), -1, PRIME) % PRIME
        for other in np.nonzero(matrix[:, column])[0]:
            if other != row:
                matrix[other] = (matrix[other] - matrix[row] * matrix[other, column]) % PRIME
        pivots.append(column)
        row += 1
    return matrix[:row], pivots


def _left(vector, solved, pivots):
    for row, column in zip(solved, pivots, strict=True):
        if vector[column]:
            vector = (vector - row * vector[column]) % PRIME
    return vector

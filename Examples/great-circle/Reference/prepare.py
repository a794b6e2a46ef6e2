"""Writes the data of this example: the airports, and distances to check the program against.

    pip install --require-virtualenv -r requirements.txt && python prepare.py

../Data/airports.tsv         every airport of the package airportsdata that has an IATA code
../Data/known-distances.tsv  the nearest and the farthest airport of every twentieth of them, and of
                             those that have the extreme distances

Two codes may stand for one place: EuroAirport is MLH to its French and BSL to its Swiss side. Of
airports at one and the same position only the first is kept, so that no distance is zero.

The distances are those on a sphere with Earth's mean radius. They owe nothing to the program's
formula: with the airports as unit vectors, NumPy finds the candidates by the length of the chord, and
mpmath computes the arc between them to 50 digits.
"""

from pathlib import Path

import airportsdata
import mpmath
import numpy as np

RADIUS = mpmath.mpf("6371008.8")  # metres: the IUGG's mean radius, (2 a + b) / 3 of the ellipsoid
STEP = 20
DATA = Path(__file__).resolve().parent.parent / "Data"

mpmath.mp.dps = 50


def airports() -> list[dict]:
    at_position = {}
    for airport in sorted(airportsdata.load("IATA").values(), key=lambda a: a["iata"]):
        at_position.setdefault((airport["lat"], airport["lon"]), airport)
    return list(at_position.values())


def unit_vector(airport: dict) -> tuple[mpmath.mpf, ...]:
    # The shortest decimal of a coordinate is the one that the file has.
    latitude, longitude = (mpmath.radians(mpmath.mpf(repr(airport[k]))) for k in ("lat", "lon"))
    return (
        mpmath.cos(latitude) * mpmath.cos(longitude),
        mpmath.cos(latitude) * mpmath.sin(longitude),
        mpmath.sin(latitude),
    )


def distance(one: dict, other: dict) -> mpmath.mpf:
    return RADIUS * mpmath.acos(mpmath.fdot(unit_vector(one), unit_vector(other)))


def nearest_and_farthest(all_airports: list[dict]) -> tuple[np.ndarray, np.ndarray]:
    """For each airport, the indices of the airports at the shortest and at the longest chord."""
    vectors = np.array([[float(x) for x in unit_vector(airport)] for airport in all_airports])
    nearest, farthest = [], []
    for index, vector in enumerate(vectors):
        chords = np.linalg.norm(vectors - vector, axis=1)
        farthest.append(chords.argmax())
        chords[index] = np.inf
        nearest.append(chords.argmin())
    return np.array(nearest), np.array(farthest)


def main() -> None:
    found = airports()
    with open(DATA / "airports.tsv", "w", encoding="utf-8") as file:
        print("iata", "latitude", "longitude", "country", "name", sep="\t", file=file)
        for airport in found:
            columns = ("iata", "lat", "lon", "country", "name")
            print(*(airport[column] for column in columns), sep="\t", file=file)

    nearest, farthest = nearest_and_farthest(found)
    to_nearest = [float(distance(a, found[i])) for a, i in zip(found, nearest)]
    to_farthest = [float(distance(a, found[i])) for a, i in zip(found, farthest)]
    extremes = {np.argmin(to_nearest), np.argmax(to_nearest), np.argmax(to_farthest)}
    with open(DATA / "known-distances.tsv", "w", encoding="utf-8") as file:
        print("from", "to", "which", "metres", sep="\t", file=file)
        for index in sorted(extremes | set(range(0, len(found), STEP))):
            for which, others in ("nearest", nearest), ("farthest", farthest):
                one, other = found[index], found[others[index]]
                metres = mpmath.nstr(distance(one, other), 20, strip_zeros=False)
                print(one["iata"], other["iata"], which, metres, sep="\t", file=file)

    print(f"{len(found)} airports; mean distance to the nearest {np.mean(to_nearest):.3f} m")


if __name__ == "__main__":
    main()

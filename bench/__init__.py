"""How good the program is: predictions for public gold sets, figures, speed, and a floor for them.

    shared.py     where the gold data and its scorers lie, and running them
    pipeline.py   gold records → reports → the stages, each text parsed once
    tasks/        one prediction function for each task of the scorer
    claims.py     whole articles, claim by claim
    speed.py      articles and words a second, beside the parse alone; peak memory
    sets.yaml     which sets ``run`` and ``floor`` score, and which figures they show
    results.py    bench/results.json → bench/RESULTS.md
    floor.py      figures against bench/floor.json

Gold data is never part of this repository: see docs/bench.md.
"""

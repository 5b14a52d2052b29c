# Pipelines from treebanks; see training/README.md. TREEBANKS is a folder with en/*.conllu and it/*.conllu, RAW an
# optional file of raw Italian text (.txt, or .jsonl with a `text` in each record) for the vectors.
.PHONY: train-en train-it train-it-open

$(VENV)/installed-training: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[training]'
	touch $@

train-en: $(VENV)/installed-training  ## train the English pipeline: make train-en TREEBANKS=folder
	$(BIN)/python training/build.py en --treebanks $(TREEBANKS)

train-it: $(VENV)/installed-training  ## train the Italian pipeline: make train-it TREEBANKS=folder RAW=text.jsonl
	$(BIN)/python training/build.py it --treebanks $(TREEBANKS) $(if $(RAW),--raw $(RAW))

train-it-open: $(VENV)/installed-training  ## the same from openly licensed data only, into built/it-open
	$(BIN)/python training/build.py it-open --treebanks $(TREEBANKS) $(if $(RAW),--raw $(RAW))

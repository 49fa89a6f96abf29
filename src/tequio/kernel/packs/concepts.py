"""What the kernel takes from a pack: the lists of concepts and their terms."""

from tequio.kernel.concepts import load_concepts, load_schemes
from tequio.kernel.packs.fields import Day, Integer, Reference, Slug, Text
from tequio.kernel.packs.loading import Part
from tequio.kernel.packs.schema import Table, forward

SCHEMES = Table(
    (
        Slug("clave", required=True),
        Text("nombre", required=True),
        Text("publica"),
        Text("certeza", required=True),
        Text("fuente", required=True, max_length=500),
    ),
    file="listas.csv",
    required=False,
    unique=("clave",),
)
CONCEPTS = Table(
    (
        Reference("lista", to=("listas.csv",), key="clave", required=True),
        Text("codigo", required=True, max_length=60),
        Text("nombre", required=True),
        Text("definicion", max_length=5_000),
        Text("tipo", max_length=60),
        Integer("orden", required=True),
        Day("vigente_desde"),
        Day("vigente_hasta"),
        Text("certeza", required=True),
        Text("fuente", required=True, max_length=500),
    ),
    file="conceptos.csv",
    required=False,
    unique=(("lista", "codigo"),),
    checks=(forward("vigente_desde", "vigente_hasta", may_be_equal=False),),
)
PARTS = (Part(SCHEMES, load_schemes), Part(CONCEPTS, load_concepts))

#!/usr/bin/env python3
"""Cuenta de nuevo una elección, solo con Python: python3 recuento.py votos.json comprobantes.txt [MI-COMPROBANTE]."""

import hashlib
import json
import sys
from pathlib import Path


def huella(dato: str | bytes) -> str:
    """Return the SHA-256 of a text or of some bytes."""
    return hashlib.sha256(dato.encode() if isinstance(dato, str) else dato).hexdigest()


def contar(e: dict, votos: list, comprobantes: str) -> tuple:
    """Return the tally, who wins in order, who by lot, and who goes to a second round."""
    suma = {n: votos.count(n) for n in e["candidaturas"]}
    if len(suma) == 1:
        return suma, [n for n in suma if suma[n] > len(votos) - suma[n]], [], []
    grupos = [sorted(n for n in suma if suma[n] == v) for v in sorted(set(suma.values()) - {0}, reverse=True)]
    if e["mayoria"] == "absoluta" and grupos and 2 * suma[grupos[0][0]] <= sum(suma.values()):
        return suma, [], [], grupos[0] if len(grupos[0]) > 1 else grupos[0] + grupos[1]
    ganan, sorteo = [], []
    for grupo in grupos:
        libres = e["lugares"] - len(ganan)
        if libres > 0 and (len(grupo) > libres or (e["titular_y_suplente"] and not ganan and len(grupo) > 1)):
            if e["empate"] == "segunda vuelta":
                return suma, ganan, [], grupo
            grupo.sort(key=lambda n: huella(f"{e['semilla']}:{comprobantes}:{n}"))
            sorteo = grupo[:libres]
        ganan += grupo[: max(libres, 0)]
    return suma, ganan, sorteo, []


def main(votos_json: str, comprobantes_txt: str, mio: str = "") -> bool:
    """Print the count and what does not hold; return whether something does not."""
    archivo, lista = Path(votos_json).read_bytes(), Path(comprobantes_txt).read_bytes()
    e, comprobantes = json.loads(archivo), lista.decode().split()
    nombres, votos = e["candidaturas"], e["votos"]
    suma, ganan, sorteo, segunda = contar(e, votos, huella(lista))
    sys.stdout.write(
        f"{e['pregunta']}: {len(votos)} de {e['padron']} votaron; {len(votos) - sum(suma.values())} en blanco\n"
    )
    for n in sorted(suma, key=lambda n: (-suma[n], n)):
        como = " gana" * (n in ganan) + " por sorteo" * (n in sorteo) + " va a segunda vuelta" * (n in segunda)
        sys.stdout.write(f"{suma[n]:6} {nombres[n]}{como and ':'}{como}\n")
    sys.stdout.write(f"huella de los votos {huella(archivo)}\nhuella de los comprobantes {huella(lista)}\n")
    orden = sorted(nombres, key=lambda n: huella(f"{e['semilla']}:{nombres[n]}"))
    faltas = ["no hay un comprobante distinto por cada voto"] * (len(set(comprobantes)) != len(votos))
    faltas += ["hay más votos que personas en el padrón"] * (len(votos) > e["padron"])
    faltas += ["hay votos que no son de la boleta"] * (not set(votos) <= {*nombres, "00"})
    faltas += ["el orden de la boleta no es el sorteado"] * (orden != sorted(nombres))
    faltas += [f"el comprobante {mio} no está"] * bool(mio and mio not in comprobantes)
    sys.stdout.write(f"Mal: {'; '.join(faltas)}.\n" if faltas else "Todo coincide.\n")
    return bool(faltas)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if sys.argv[2:] else __doc__)

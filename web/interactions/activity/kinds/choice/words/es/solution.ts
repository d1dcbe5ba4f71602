import { plural } from "../../../../../../words/es/plural.ts";

export const words = {
  none: "Marca lo que es correcto.",
  many: (multiple: number) =>
    `Se pueden marcar hasta ${plural(multiple, "opción", "opciones")}: no puede haber más correctas.`,
} as const;

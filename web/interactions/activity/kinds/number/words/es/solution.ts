export const words = {
  from: "Lo correcto es, o va desde",
  to: "hasta",
  none: "Escribe el número correcto; o dos, desde dónde hasta dónde es correcta una respuesta.",
  upwards: "Escribe primero el número menor.",
  far: "Ninguna respuesta puede estar tan lejos de cero.",
} as const;

namespace Sigma.Simulator.Faults;

internal sealed class BodyCutException : IOException;

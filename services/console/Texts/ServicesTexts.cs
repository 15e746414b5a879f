namespace Sigma.OperatorConsole.Texts;

/// <summary>What is said of other services that do not answer.</summary>
public sealed class ServicesTexts;

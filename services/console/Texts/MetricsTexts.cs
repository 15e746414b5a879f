namespace Sigma.OperatorConsole.Texts;

/// <summary>Texts of the page of metrics.</summary>
public sealed class MetricsTexts;

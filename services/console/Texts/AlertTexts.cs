namespace Sigma.OperatorConsole.Texts;

/// <summary>Names the texts of AlertTexts.resx.</summary>
public sealed class AlertTexts;

namespace Sigma.OperatorConsole.Texts;

/// <summary>Names the texts of HistoryTexts.resx.</summary>
public sealed class HistoryTexts;

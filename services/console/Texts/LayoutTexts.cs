namespace Sigma.OperatorConsole.Texts;

/// <summary>Names the texts of LayoutTexts.resx.</summary>
public sealed class LayoutTexts;

namespace Sigma.OperatorConsole.Texts;

/// <summary>Names the texts of BoardTexts.resx.</summary>
public sealed class BoardTexts;

namespace Sigma.OperatorConsole.Texts;

/// <summary>Names the texts of AccessTexts.resx.</summary>
public sealed class AccessTexts;

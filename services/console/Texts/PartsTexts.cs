namespace Sigma.OperatorConsole.Texts;

/// <summary>Names the texts of PartsTexts.resx.</summary>
public sealed class PartsTexts;

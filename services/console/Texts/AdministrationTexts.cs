namespace Sigma.OperatorConsole.Texts;

/// <summary>Names the texts of AdministrationTexts.resx.</summary>
public sealed class AdministrationTexts;

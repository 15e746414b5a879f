namespace Sigma.OperatorConsole.Texts;

/// <summary>Texts of the pages of rules.</summary>
public sealed class RulesTexts;

namespace Sigma.OperatorConsole.Texts;

/// <summary>Texts of the pages of the system.</summary>
public sealed class OperationsTexts;

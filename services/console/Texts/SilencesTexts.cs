namespace Sigma.OperatorConsole.Texts;

/// <summary>Texts of the pages of silences.</summary>
public sealed class SilencesTexts;

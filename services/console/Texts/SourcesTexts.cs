namespace Sigma.OperatorConsole.Texts;

/// <summary>Texts of the page of sources.</summary>
public sealed class SourcesTexts;

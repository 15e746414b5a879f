namespace Sigma.OperatorConsole.Texts;

/// <summary>Texts of the page of log lines.</summary>
public sealed class LogsTexts;

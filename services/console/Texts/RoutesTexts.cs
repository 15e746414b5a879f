namespace Sigma.OperatorConsole.Texts;

/// <summary>Texts of the pages of routes and receivers.</summary>
public sealed class RoutesTexts;

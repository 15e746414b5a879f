namespace Sigma.OperatorConsole.Alerts;

/// <summary>How long texts may be in the tables of alerts, and in the commands about them. What is longer in a message is cut.</summary>
internal static class AlertLimits
{
    public const int Rule = 100, Kind = 16, Severity = 32, Category = 32, Source = 64, Labels = 1000, Summary = 500, Unit = 16, Url = 2000,
        Account = 64, Name = 255, Person = 100, Comment = 1000, Reason = 32, What = 32;

    // A mediumtext holds 16 MB; nobody reads that much.
    public const int Annotations = 256 * 1024;
}

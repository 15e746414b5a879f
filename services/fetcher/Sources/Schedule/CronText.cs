using Quartz;

namespace Sigma.Fetcher.Sources.Schedule;

/// <summary>Cron expressions: five fields as in any crontab, or Quartz's six or seven, which begin with the second.</summary>
internal static class CronText
{
    const int FieldsOfCrontab = 5;

    /// <summary>The expression; null when it is none.</summary>
    public static CronExpression? Read(string text)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return (fields == FieldsOfCrontab ? CronExpression.TryParse(text, CronFormat.Unix, out var expression)
            : CronExpression.TryParse(text, out expression)) ? expression : null;
    }
}

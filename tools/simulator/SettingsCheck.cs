using Sigma.Simulator.Webhooks;

namespace Sigma.Simulator;

internal static class SettingsCheck
{
    public static void ThrowIfWrong(this SimulatorOptions options)
    {
        Require(options.Seed >= 0, nameof(options.Seed), "must not be negative");
        Require(options.TimeScale is > 0 and <= 10_000, nameof(options.TimeScale), "must be above 0 and at most 10000");
        Require(options.Port is >= 0 and <= 65_535, nameof(options.Port), "must be between 0 and 65535");
        Require(!string.IsNullOrWhiteSpace(options.Token), nameof(options.Token), "must not be empty");
        Require(!string.IsNullOrWhiteSpace(options.ChatProToken), nameof(options.ChatProToken), "must not be empty");
        Require(options.EventLimit > 0, nameof(options.EventLimit), "must be above 0");
        Require(options.OccurrenceLimit > 0, nameof(options.OccurrenceLimit), "must be above 0");
        Require(options.Rate is null or (> 0 and <= 1_000_000), nameof(options.Rate), "must be above 0 and at most 1000000");
        Require(options.BurstSize is null or > 0, nameof(options.BurstSize), "must be above 0");
        Require(options.Keys is null or (> 0 and <= 100_000), nameof(options.Keys), "must be between 1 and 100000");
        Require(options.Segware.OverLimitStatus is >= 400 and <= 599, "Segware:OverLimitStatus", "must be between 400 and 599");
        Require(options.Segware.AlarmStatus is >= 200 and <= 299, "Segware:AlarmStatus", "must be between 200 and 299");
        Require(options.Segware.EventTextLimit > 0, "Segware:EventTextLimit", "must be above 0");
        Require(AreKeys(options.Webhooks), "Webhooks:Keys", "must be one or more whsec_ keys in base64, separated by spaces");
        Require(options.Webhooks.BodyLimit > 0, "Webhooks:BodyLimit", "must be above 0");
        Require(options.Slack.MessagesPerMinute > 0, "Slack:MessagesPerMinute", "must be above 0");
        Require(options.PagerDuty.EventsPerMinute > 0, "PagerDuty:EventsPerMinute", "must be above 0");
        Require(options.Telegram.MessagesPerMinute > 0, "Telegram:MessagesPerMinute", "must be above 0");
        Require(options.Teams.MessagesPerSecond > 0, "Teams:MessagesPerSecond", "must be above 0");
        Require(options.Teams.BodyLimit > 0, "Teams:BodyLimit", "must be above 0");
        Require(options.Teams.SuccessStatus is >= 200 and <= 299, "Teams:SuccessStatus", "must be between 200 and 299");
        Require(options.Twilio.SentAfter >= TimeSpan.Zero, "Twilio:SentAfter", "must not be negative");
        Require(options.Twilio.FinalAfter >= options.Twilio.SentAfter, "Twilio:FinalAfter", "must not be below SentAfter");
        Require(options.Prefect.AuthString is "" || options.Prefect.AuthString.Contains(':'), "Prefect:AuthString", "must be user:password or empty");
        Require(options.Mail.Port is >= 0 and <= 65_535, "Mail:Port", "must be between 0 and 65535");
        Require(options.Mail.SizeLimit > 0, "Mail:SizeLimit", "must be above 0");
        Require(options.Mail.RecipientLimit > 0, "Mail:RecipientLimit", "must be above 0");
        Require(options.ChatPro.SuccessStatus is >= 200 and <= 299, "ChatPro:SuccessStatus", "must be between 200 and 299");
    }

    private static bool AreKeys(WebhookOptions options)
    {
        try
        {
            return WebhookSignature.Keys(options).Count > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static void Require(bool right, string key, string rule)
    {
        if (!right)
        {
            throw new SimulatorSettingsException($"{SimulatorOptions.Section}:{key} {rule}.");
        }
    }
}

using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Aws;

/// <summary>A CloudWatch alarm's change of state, as the alarm itself sends it. It has no severity.</summary>
internal static class CloudWatchAlarm
{
    public static Understood Read(JsonValue alarm, AwsContext context)
    {
        var name = alarm["AlarmName"].Needed("the alarm's name");
        var arn = alarm["AlarmArn"].Text;
        // The region of the alarm itself is one for people: "EU (Ireland)".
        var region = Arn.Region(arn) ?? Arn.Region(context.TopicArn);
        var account = alarm["AWSAccountId"].Text ?? Arn.Account(arn) ?? Arn.Account(context.TopicArn);
        var at = SourceTime.Read(alarm["StateChangeTime"]);
        var state = StateOf(alarm["NewStateValue"]);
        var (severity, unknown) = Severity(alarm, name, alarm["AlarmDescription"].Text, context);
        var metric = MetricOf(alarm["Trigger"]);
        return new Understood
        {
            State = state, ExternalId = ExternalIds.Fit(arn ?? ExternalIds.Of(account, region, name)),
            Severity = severity, Title = name,
            Text = string.Join('\n', new[] { alarm["AlarmDescription"].Text, alarm["NewStateReason"].Text }.OfType<string>()),
            StartsAt = state == UnderstoodState.Firing ? at : null, EndsAt = state == UnderstoodState.Resolved ? at : null, ReportedAt = at,
            Service = MappedFields.Text(alarm, context.Integration.Mapping.Service),
            Region = MappedFields.Text(alarm, context.Integration.Mapping.Region) ?? region,
            Labels = MappedFields.Labels(alarm, context.Integration).Add("alertname", name).Add("account", account)
                .Add("namespace", metric["Namespace"].Text).Add("metric", metric["MetricName"].Text).AddPairs(metric["Dimensions"])
                .Add("severity_word", unknown).ToDictionary(),
            Annotations = Annotations(alarm),
            // Nobody is told of its end.
            NeverResolves = alarm["OKActions"] is { IsList: true, Items.Count: 0 },
            DeliveryKey = at is null ? null : ExternalIds.Hash($"{arn}\n{account}\n{region}\n{name}\n{state}\n{at:O}"),
        };
    }

    public static UnderstoodState StateOf(JsonValue value) => value.Text?.ToUpperInvariant() switch
    {
        "ALARM" => UnderstoodState.Firing,
        "OK" => UnderstoodState.Resolved,
        "INSUFFICIENT_DATA" => UnderstoodState.NoData,
        _ => throw value.Wrong("is none of ALARM, OK and INSUFFICIENT_DATA"),
    };

    /// <summary>By the mapping, else by the pattern that finds a word in the alarm's description or name.</summary>
    public static (string? Severity, string? UnknownWord) Severity(JsonValue alarm, string name, string? description, AwsContext context)
    {
        string? word = null;
        if (context.Settings.SeverityPattern is { } pattern)
            foreach (var text in new[] { description ?? "", name })
                if (word is null && pattern.Match(text) is { Success: true } match)
                    word = match.Groups[1].Value;
        return MappedFields.Severity(alarm, context.Integration, word);
    }

    // Its metric, the first of those of its expression, or none when other alarms trigger it.
    static JsonValue MetricOf(JsonValue trigger) => trigger["MetricName"].IsThere ? trigger
        : trigger["Metrics"].Items.Select(one => one["MetricStat"]["Metric"]).FirstOrDefault(metric => metric.IsObject) ?? trigger;

    static Dictionary<string, string> Annotations(JsonValue alarm)
    {
        Dictionary<string, string> annotations = [];
        foreach (var (name, value) in new[]
        {
            ("previous_state", alarm["OldStateValue"].Text), ("alarm_rule", alarm["AlarmRule"].Text),
            ("threshold", alarm["Trigger"]["Threshold"].Text),
            ("comparison", alarm["Trigger"]["ComparisonOperator"].Text),
            ("expression", alarm["Trigger"]["Metrics"].Items.Select(one => one["Expression"].Text).FirstOrDefault(text => text is not null)),
        })
            if (value is not null)
                annotations.Add(name, value);
        return annotations;
    }
}

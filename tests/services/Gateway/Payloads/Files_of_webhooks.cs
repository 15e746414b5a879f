using System.Text;
using System.Text.Json;
using Sigma.Contracts;
using Sigma.Gateway.Integrations;

namespace Sigma.ServiceTests.Gateway.Payloads;

/// <summary>
/// Every body of a webhook in <c>tests/payloads</c>, one case a file: each is sent twice to the real gateway, and comes to the alerts that the README
/// there says, raised once and cleared once, in whatever order beginning and end come.
/// </summary>
[Collection(nameof(PayloadStation))]
public sealed class Files_of_webhooks(PayloadStation station)
{
    static readonly string[] WithConditions = [.. WebhookFiles.All.Values.Where(file => file.Conditions > 0).Select(file => file.Path)];

    /// <summary>Those that speak of something that fires or is over.</summary>
    public static TheoryData<string> Conditions => new(WithConditions);

    /// <summary>The others: tests, handshakes, events without an end, and those that cannot tell.</summary>
    public static TheoryData<string> Others => new(WebhookFiles.All.Values.Where(file => file.Conditions == 0).Select(file => file.Path));

    [Theory, MemberData(nameof(Conditions))]
    public Task Raises_once_and_clears_once_in_the_order_in_which_it_happened(string path) => station.One(path, WithConditions, InOrder);

    [Theory, MemberData(nameof(Conditions))]
    public Task Raises_once_and_clears_once_when_the_end_comes_first(string path) => station.One(path, WithConditions, EndFirst);

    async Task InOrder(string path)
    {
        var file = WebhookFiles.All[path];
        var sender = await station.Sender(file.Kind);
        var (begins, ends) = Ends(file);

        await SendTwice(sender, file, begins);
        var fire = file.Says.Any(said => said.Fires) ? file.Says.Count(said => said.Fires) : file.Conditions;
        await sender.Expect(fire, 0, $"what begins in {path}");
        foreach (var said in file.Says.Where(said => said.Fires))
            said.Check(sender.Name, sender.Conditions, sender.Raised);

        await SendTwice(sender, file, ends);
        await sender.Expect(file.Conditions, file.Conditions, $"what ends of {path}");
        foreach (var said in file.Says.Where(said => said.IsOver))
            said.Check(sender.Conditions.Last(one => one.State == ConditionState.Resolved && said.IsId(one.ExternalId)).Annotations);
        AssertClearsWhatItRaised(sender);

        if (!file.HasNoTimes)
            await Send(sender, file, begins); // a sender that tries again comes late
        await sender.Expect(file.Conditions, file.Conditions, $"what comes late of {path}");
        await AssertUnderstood(sender, file);
    }

    async Task EndFirst(string path)
    {
        var file = WebhookFiles.All[path];
        var sender = await station.Sender(file.Kind);
        var (begins, ends) = Ends(file);

        await SendTwice(sender, file, ends);
        // In a group of several the others begin by what ends the one.
        await sender.Expect(file.Says.Any(said => said.Fires) ? file.Says.Count(said => said.IsOver) : 0, 0, $"the end of {path}");
        await SendTwice(sender, file, begins);
        if (file.HasNoTimes)
        {
            await sender.Expect(file.Conditions, 0, $"what begins in {path}, for all that its sender says");
            await SendTwice(sender, file, ends);
        }
        await sender.Expect(file.Conditions, file.Conditions, $"what began in {path} and was over");
        foreach (var said in file.Says.Where(said => said.Fires))
            said.Check(sender.Name, sender.Conditions, sender.Raised);
        AssertClearsWhatItRaised(sender);
    }

    [Theory, MemberData(nameof(Others))]
    public async Task Is_understood_and_raises_nothing(string path)
    {
        var file = WebhookFiles.All[path];
        var sender = await station.Sender(file.Kind);

        await SendTwice(sender, file, file.Text);
        await sender.Expect(0, 0, path);
        await AssertUnderstood(sender, file);
        var said = file.Says[0];
        Assert.All(sender.Conditions, condition => Assert.Equal(ConditionState.NoData, condition.State));
        if (said.State is "noData" or "acknowledged")
        {
            Assert.Equal(said.State == "noData" ? file.Says.Length : 0, sender.Conditions.Count);
            return; // neither is an event
        }
        var lines = await Await.Until(() => Task.FromResult(sender.Lines), lines => lines.Count >= file.Lines, $"{path} is told as a line");
        Assert.Equal(file.Lines, lines.Count);
        foreach (var line in lines)
        {
            Assert.Equal((said.State, sender.Name), (line.Labels["event"], line.Labels["integration"]));
            if (said.Title is { } title)
                Assert.StartsWith(title, line.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Answers_what_is_no_JSON_with_its_place_and_keeps_it()
    {
        const string File = "oci/alarm-docs-grouped-malformed.txt";
        var sender = await station.Sender(IntegrationKind.Oci);
        for (var time = 0; time < 2; time++)
        {
            var (status, text) = await sender.Send(Payload.Bytes(File));
            Assert.Equal((400, "byte 786"), (status, JsonDocument.Parse(text).RootElement.GetProperty("place").GetString()));
        }
        await sender.Expect(0, 0, File);
        foreach (var delivery in await sender.Deliveries)
        {
            Assert.Equal(("malformed", "byte 786"), (delivery.GetProperty("state").GetString(), delivery.GetProperty("place").GetString()));
            var kept = await station.Delivery(delivery.GetProperty("id").GetInt64());
            Assert.Equal(Payload.Text(File), kept.GetProperty("text").GetString());
        }
    }

    [Theory]
    [InlineData("v1.5", "repeat", "to-ok"), InlineData("v1.5", "to-ok", "repeat"), InlineData("repeat", "v1.5", "to-ok")]
    [InlineData("repeat", "to-ok", "v1.5"), InlineData("to-ok", "v1.5", "repeat"), InlineData("to-ok", "repeat", "v1.5")]
    public async Task A_repetition_of_Oracles_is_no_new_episode_in_whatever_order_it_comes(params string[] order)
    {
        var sender = await station.Sender(IntegrationKind.Oci);
        foreach (var part in order)
        {
            var file = WebhookFiles.All.Values.Single(one => one.Kind == IntegrationKind.Oci && one.Path.Contains(part, StringComparison.Ordinal));
            await SendTwice(sender, file, file.Text);
            await station.Settle();
        }
        await sender.Expect(1, 1, string.Join(", ", order));
    }

    [Fact]
    public async Task An_alarm_with_too_little_data_neither_begins_nor_ends()
    {
        var file = WebhookFiles.All["aws/sns-notification-cloudwatch-insufficient-data.json"];
        var sender = await station.Sender(file.Kind);
        string As(string state, string id, string time) => file.Text.Replace(@"\""INSUFFICIENT_DATA\""", $@"\""{state}\""", StringComparison.Ordinal)
            .Replace("3a6a339c", id, StringComparison.Ordinal).Replace("08:41:43.548", time, StringComparison.Ordinal);

        await SendTwice(sender, file, As("ALARM", "3a6a339b", "08:31:43.548"));
        await sender.Expect(1, 0, "an alarm");
        await SendTwice(sender, file, file.Text);
        await sender.Expect(1, 0, "an alarm that has too little data");
        await SendTwice(sender, file, As("OK", "3a6a339d", "08:51:43.548"));
        await sender.Expect(1, 1, "an alarm that is over");
    }

    [Fact]
    public async Task An_alarm_whose_end_nobody_tells_is_held_for_a_while_alone()
    {
        var file = WebhookFiles.All["aws/cloudwatch-alarm-raw-delivery.json"];
        var sender = await station.Sender(file.Kind);
        await SendTwice(sender, file, file.Text);
        await sender.Expect(1, 0, file.Path);
        Assert.NotNull(sender.Conditions[0].LeaseUntil);
    }

    [Fact]
    public void All_bodies_of_the_folder_have_a_case()
    {
        string[] folders = ["grafana", "alertmanager", "gcp", "aws", "azure", "oci", "pagerduty", "generic", "uptime-kuma", "zabbix"];
        Assert.Equal(folders.SelectMany(Payload.In).Except(WebhookFiles.All.Keys).Order(StringComparer.Ordinal),
        [
            "alertmanager/api-v2-post-no-times.json", "alertmanager/api-v2-post-prometheus-shape.json", // by their own address
            "oci/alarm-docs-grouped-malformed.txt",
        ]);
    }

    static (string Begins, string Ends) Ends(WebhookFile file) =>
        file.Says.Any(said => said.Fires) ? (file.Text, file.Other!(file.Text)) : (file.Other!(file.Text), file.Text);

    async Task SendTwice(PayloadSender sender, WebhookFile file, string body)
    {
        await Send(sender, file, body);
        await Send(sender, file, body);
    }

    async Task Send(PayloadSender sender, WebhookFile file, string body)
    {
        var (status, text) = await sender.Send(file.Kind == IntegrationKind.Aws ? station.Amazon.Sign(body) : Encoding.UTF8.GetBytes(body),
            file.Headers);
        Assert.True(status == file.Status, $"{file.Path} is answered {status}, not {file.Status}: {text}");
    }

    // Each delivery of the file itself, of which there are two or more.
    static async Task AssertUnderstood(PayloadSender sender, WebhookFile file)
    {
        var of = 0;
        foreach (var delivery in await sender.Deliveries)
        {
            var understood = delivery.GetProperty("understood").EnumerateArray().ToList();
            if (!understood.Select(item => item.GetProperty("state").GetString()).SequenceEqual(file.Says.Select(said => said.State)))
                continue; // the other end
            of++;
            foreach (var (said, item) in file.Says.Zip(understood))
                said.Check(item);
        }
        Assert.True(of >= 2, $"{file.Path} is understood otherwise: {string.Join('\n', (await sender.Deliveries).Select(one => one.GetRawText()))}");
    }

    static void AssertClearsWhatItRaised(PayloadSender sender)
    {
        Assert.Equal(sender.Raised.Select(alert => alert.AlertId).Order(), sender.Cleared.Select(alert => alert.AlertId).Order());
        Assert.All(sender.Cleared, alert => Assert.Equal("resolved", alert.Reason));
    }
}

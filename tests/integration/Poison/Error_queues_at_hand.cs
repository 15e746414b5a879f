using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using Sigma.Archive;
using Sigma.Cli.Broker;
using Sigma.Evaluator;
using Sigma.Hosting.Messaging;
using Sigma.IntegrationTests.Stations;
using Sigma.Notifier;
using Sigma.OperatorConsole;

namespace Sigma.IntegrationTests.Poison;

public sealed class Error_queues_at_hand(ITestOutputHelper output)
{
    const string Alerts = NotifierQueues.Alerts, Errors = NotifierQueues.Alerts + "_error", ConsoleErrors = ConsoleQueues.Alerts + "_error";

    [Fact]
    public async Task List_tells_how_many_since_when_and_why_and_ends_with_one_when_there_are_any()
    {
        await using var station = await Station.Create(output);
        await using var sender = await Sender.Open(station.Broker);
        using var shell = new Shell(station);
        var none = await shell.Sigma("errors", "list");
        Assert.Equal((0, "No message lies in an error queue."), (none.ExitCode, none.Output.Trim()));

        await Fill(sender, Errors, ["1", "2", "3"]);
        await Fill(sender, EvaluatorQueues.Triggers + "_skipped", ["4"]);
        var text = await shell.Sigma("errors", "list");
        Assert.Equal(1, text.ExitCode);
        Assert.Matches(@"notifier\.alerts_error\s+3\s+2026-11-20 12:00:01\s+InvalidDataException: reason of 1", text.Output);
        var (exitCode, json) = await shell.Json("errors", "list");
        Assert.Equal(1, exitCode);
        Assert.Equal([EvaluatorQueues.Triggers + "_skipped", Errors], json.Select(line => line.GetProperty("queue").GetString()));
        Assert.Equal([1, 3], json.Select(line => line.GetProperty("messages").GetInt32()));
    }

    [Fact]
    public async Task Show_tells_all_of_a_message_in_order_and_leaves_it_where_it_lies()
    {
        await using var station = await Station.Create(output);
        await using var sender = await Sender.Open(station.Broker);
        using var shell = new Shell(station);
        await Fill(sender, Errors, ["1", "2", "3", "4", "5"]);

        for (var time = 0; time < 3; time++)
        {
            var (_, lines) = await shell.Json("errors", "show", Alerts);
            Assert.Equal(["1", "2", "3", "4", "5"], Ids(lines));
            Assert.Equal(["1", "2"], Ids((await shell.Json("errors", "show", Alerts, "--limit", "2")).Lines));
            Assert.Equal(["4", "2"], Ids((await shell.Json("errors", "show", Alerts, "--id", "4", "--id", "2")).Lines).Reverse());
        }
        var text = (await shell.Sigma("errors", "show", Errors, "--id", "2")).Output;
        Assert.Contains("reason    System.IO.InvalidDataException: reason of 2", text);
        Assert.Contains("stack     at Somewhere()", text);
        Assert.Contains("\"alertId\": \"2\"", text);
        Assert.DoesNotContain('\e', text);
        await Await.Until(() => station.Mailbox.Waiting(Errors), waiting => waiting == 5, "all are where they were");

        Assert.Equal(1, (await shell.Sigma("errors", "show", Errors, "--id", "9")).ExitCode);
        Assert.Equal(1, (await shell.Sigma("errors", "show", "notifier.whatsapp")).ExitCode);
    }

    [Fact]
    public async Task Looking_costs_no_message_however_often_and_whatever_the_queues_delivery_limit()
    {
        await using var station = await Station.Create(output);
        await using var sender = await Sender.Open(station.Broker);
        using var shell = new Shell(station);
        await sender.Channel.QueueDeclareAsync(Errors, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = 20 });
        await Fill(sender, Errors, ["1", "2", "3"], declared: true);

        for (var time = 0; time < 50; time++)
            Assert.Equal(["1", "2", "3"], Ids((await shell.Json("errors", "show", Errors)).Lines));
    }

    [Fact]
    public async Task Retry_sends_back_what_was_named_as_it_was_sent_and_the_rest_stays()
    {
        await using var station = await Station.Create(output);
        await using var sender = await Sender.Open(station.Broker);
        using var shell = new Shell(station);
        await Fill(sender, Errors, ["1", "2", "3"]);
        await sender.Channel.QueueDeclareAsync(Alerts, durable: true, exclusive: false, autoDelete: false);

        Assert.Equal(0, (await shell.Sigma("errors", "retry", Alerts, "--id", "2")).ExitCode);
        Assert.Equal(["1", "3"], Ids((await shell.Json("errors", "show", Alerts)).Lines));
        var back = (await sender.Channel.BasicGetAsync(Alerts, autoAck: true))!;
        Assert.Equal("2", back.BasicProperties.MessageId);
        Assert.Equal("trace", Encoding.UTF8.GetString((byte[])back.BasicProperties.Headers!["MT-Activity-Id"]!));
        Assert.Equal(["MT-Activity-Id"], back.BasicProperties.Headers.Keys.Where(name => !name.StartsWith("x-")));
        Assert.Equal(DeliveryModes.Persistent, back.BasicProperties.DeliveryMode);
        Assert.Equal(Body("2"), Encoding.UTF8.GetString(back.Body.Span));

        var missing = await shell.Sigma("errors", "retry", Alerts, "--id", "2", "--id", "3");
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("has no message 2", missing.Output);
        Assert.Equal(0, (await shell.Sigma("errors", "retry", Alerts, "--all")).ExitCode);
        Assert.Equal(2u, await station.Mailbox.Waiting(Alerts));
        Assert.Equal(0, (await shell.Sigma("errors", "list")).ExitCode);
    }

    [Fact]
    public async Task Retry_keeps_a_message_that_no_queue_takes()
    {
        await using var station = await Station.Create(output);
        await using var sender = await Sender.Open(station.Broker);
        using var shell = new Shell(station);
        await Fill(sender, Errors, ["1", "2"]);

        var answer = await shell.Sigma("errors", "retry", Alerts, "--all");

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("There is no queue notifier.alerts", answer.Output);
        await Await.Until(() => station.Mailbox.Waiting(Errors), waiting => waiting == 2, "both are where they were");
    }

    [Fact]
    public async Task Drop_wants_a_yes_and_keeps_what_it_drops_in_a_file()
    {
        await using var station = await Station.Create(output);
        await using var sender = await Sender.Open(station.Broker);
        using var shell = new Shell(station);
        await Fill(sender, Errors, ["1", "2", "3"]);
        var file = Path.Combine(shell.Folder, "dropped.jsonl");

        Assert.Equal(2, (await shell.Sigma("errors", "drop", Alerts, "--all", "--to", file)).ExitCode);
        Assert.Equal(2, (await shell.Sigma("errors", "drop", Alerts, "--all", "--yes", "--to", shell.Folder)).ExitCode);
        await Await.Until(() => station.Mailbox.Waiting(Errors), waiting => waiting == 3, "all are where they were");

        var answer = await shell.Sigma("errors", "drop", Alerts, "--id", "2", "--yes", "--to", file);
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains(file, answer.Output);
        Assert.Equal(["1", "3"], Ids((await shell.Json("errors", "show", Alerts)).Lines));
        Assert.Equal(0, (await shell.Sigma("errors", "drop", Alerts, "--all", "--yes", "--to", file)).ExitCode);

        var kept = (await File.ReadAllLinesAsync(file)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["2", "1", "3"], Ids(kept));
        Assert.All(kept,
            line => Assert.Equal(line.GetProperty("id").GetString(), line.GetProperty("body").GetProperty("message").GetProperty("alertId")
                .GetString()));
        Assert.Equal(0, (await shell.Sigma("errors", "list")).ExitCode);
    }

    [Fact]
    public async Task An_alert_is_sent_back_when_the_cause_is_mended_and_is_written_down_then()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("a message that comes again is in the error queue twice, and they are counted here");
        await station.StartSimulator();
        await station.StartNotifier();
        await using var sender = await Sender.Open(station.Broker);
        using var shell = new Shell(station);
        // The cause: a constraint that no alert meets.
        await station.Count("alter table sigma_cloud_events_tracker_registers add constraint tight check (quantity < 0); select 0");
        var sent = new[] { await sender.Publish("AlertRaised", Messages_that_cannot_be_processed.Alert("100")),
            await sender.Publish("AlertRaised", Messages_that_cannot_be_processed.Alert("200")) };
        await Await.Until(() => station.Mailbox.Waiting(Errors), waiting => waiting == 2, "both alerts are in the error queue");
        var (_, shown) = await shell.Json("errors", "show", Alerts);
        Assert.Equal(sent.Order(), Ids(shown).Order());
        Assert.All(shown, line => Assert.Contains("tight", line.GetProperty("reason").GetString()));
        // Sent back too early, it comes here again, and the round ends all the same.
        Assert.Equal(0, (await shell.Sigma("errors", "retry", Alerts, "--all")).ExitCode);
        await Await.Until(() => station.Mailbox.Waiting(Errors), waiting => waiting == 2, "both alerts are in the error queue again");

        await station.Count("alter table sigma_cloud_events_tracker_registers drop constraint tight; select 0");
        Assert.Equal(0, (await shell.Sigma("errors", "retry", Alerts, "--all")).ExitCode);

        await Await.Until(() => station.Count("select count(*) from sigma_cloud_events_tracker_registers"), rows => rows == 2,
            "both alerts are written down");
        Assert.Equal(0, (await shell.Sigma("errors", "list")).ExitCode);
    }

    [Fact]
    public async Task An_alert_whose_table_is_missing_for_a_while_needs_nobody_to_send_it_back()
    {
        await using var station = await Station.Create(output);
        await station.StartSimulator();
        var notifier = await station.StartNotifier();
        await using var sender = await Sender.Open(station.Broker);
        await station.Count("rename table sigma_cloud_events_tracker_registers to away; select 0");
        await sender.Publish("AlertRaised", Messages_that_cannot_be_processed.Alert("100"));
        await Await.Until(
            () => Task.FromResult(notifier.Services.GetRequiredService<Retries>().Delays.FirstOrDefault(delay => delay.Endpoint == Alerts)?.Reason),
            reason => reason?.Contains("doesn't exist") == true, "the alert waits and it is known why");

        await station.Count("rename table away to sigma_cloud_events_tracker_registers; select 0");

        await Await.Until(() => station.Count("select count(*) from sigma_cloud_events_tracker_registers"), rows => rows == 1,
            "the alert is written down");
        Assert.Equal(0u, await station.Mailbox.Waiting(Errors));
    }

    [Fact]
    public async Task The_command_knows_every_queue_of_the_services_and_how_their_error_queues_are_declared()
    {
        await using var station = await Station.Create(output);
        await station.StartSimulator();
        await station.StartEvaluator();
        await station.StartNotifier();
        await station.StartFetcher();
        station.Settings["Console:AdministratorPassword"] = "correct horse battery staple";
        await station.Start("console", service => service.AddConsole());
        station.Settings["Archive:Folder"] = Path.Combine(Directory.CreateTempSubdirectory("sigma-archive-").FullName, "archive");
        await station.Start("archive", service => service.AddArchive());
        await using var sender = await Sender.Open(station.Broker);
        await sender.PublishText("AlertRaised", "nothing");
        foreach (var queue in (string[])[Errors, ConsoleErrors])
            await Await.Until(() => station.Mailbox.Waiting(queue), waiting => waiting > 0, $"{queue} is there");

        var broker = await Servers.Broker;
        using var http = new HttpClient { BaseAddress = broker.ManagementUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{broker.Username}:{broker.Password}")));
        var declared = (await http.GetFromJsonAsync<JsonElement[]>($"/api/queues/{Uri.EscapeDataString(station.Settings["RabbitMq:VirtualHost"]!)}"))!
            .Where(queue => queue.GetProperty("durable").GetBoolean())
            .ToDictionary(queue => queue.GetProperty("name").GetString()!, queue => queue.GetProperty("arguments"));

        Assert.Equal(Queues.All.Append(Errors).Append(ConsoleErrors).Order(), declared.Keys.Order());
        Assert.Equal("quorum", declared[Errors].GetProperty("x-queue-type").GetString());
        Assert.Equal(10_000, declared[Errors].GetProperty("x-delivery-limit").GetInt32());
    }

    [Fact]
    public async Task A_wrong_setting_and_a_broker_that_is_away_are_one_line_each()
    {
        await using var station = await Station.Create(output);
        station.Settings["RabbitMq:Password"] = "wrong";
        using (var shell = new Shell(station))
        {
            var refused = await shell.Sigma("errors", "list");
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("refuses the user", Assert.Single(refused.Error.Trim().Split('\n')));
            Assert.DoesNotContain("wrong", refused.Error);
        }
        station.Settings["RabbitMq:Port"] = "1";
        using (var shell = new Shell(station))
            Assert.Contains("does not answer", (await shell.Sigma("errors", "list")).Error);
        station.Settings["RabbitMq:Port"] = "70000";
        using (var shell = new Shell(station))
        {
            var answer = await shell.Sigma("errors", "list");
            Assert.Equal(78, answer.ExitCode);
            Assert.Contains("RabbitMq__Port must be between", answer.Error);
        }
    }

    static IEnumerable<string> Ids(IEnumerable<JsonElement> lines) => lines.Select(line => line.GetProperty("id").GetString()!);

    static string Body(string id) => $$$"""{"messageType":["urn:message:Sigma.Contracts:AlertRaised"],"message":{"alertId":"{{{id}}}"}}""";

    /// <summary>Messages as MassTransit moves them into an error queue.</summary>
    static async Task Fill(Sender sender, string queue, string[] ids, bool declared = false)
    {
        if (!declared)
            await sender.Channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = 10_000 });
        foreach (var (id, index) in ids.Select((id, index) => (id, index)))
            await sender.Channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties
            {
                MessageId = id, Persistent = true, ContentType = "application/vnd.masstransit+json",
                Headers = new Dictionary<string, object?>
                {
                    ["MT-Activity-Id"] = "trace", ["MT-Reason"] = "fault", ["MT-Fault-ExceptionType"] = "System.IO.InvalidDataException",
                    ["MT-Fault-Message"] = $"reason of {id}\e[31m", ["MT-Fault-StackTrace"] = "   at Somewhere()\n   at Elsewhere()",
                    ["MT-Fault-Timestamp"] = $"2026-11-20T12:00:0{index + 1}.0000000Z", ["MT-Host-MachineName"] = "machine",
                },
            }, Encoding.UTF8.GetBytes(Body(id)));
    }
}

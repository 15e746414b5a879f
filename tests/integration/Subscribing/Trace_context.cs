using System.Diagnostics;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Subscribing;

public sealed class Trace_context(ITestOutputHelper output)
{
    const string Header = "MT-Activity-Id";

    [Fact]
    public async Task An_alert_carries_the_trace_of_the_batch_that_raised_it_through_the_outbox()
    {
        using var traces = new Traces();
        await using var station = await Station.Create(output);
        await using var subscriber = await Subscriber.Connect(station.Broker);
        var evaluator = await station.StartEvaluator();
        var poll = await station.Raise(evaluator);

        var raised = await subscriber.Next("the subscriber has the alert");

        Assert.True(ActivityContext.TryParse(raised.Set[Header], null, out var context), $"{Header} is no W3C trace context: {raised.Set[Header]}");
        Assert.Equal(raised.Set[Header], raised.Envelope.GetProperty("headers").GetProperty(Header).GetString());
        Assert.True(poll == context.TraceId, $"the batch was published in trace {poll}, its alert came in trace {context.TraceId}");
        var spans = traces.Of(context.TraceId);
        var names = string.Join(", ", spans.Select(s => s.DisplayName));
        Assert.True(spans.Any(s => s.DisplayName == "Sigma.Contracts:EventBatch send"),
            $"the batch was published in another trace; this one has {names}");
        Assert.True(spans.Any(s => s.DisplayName == "outbox send"), $"the way through the outbox is missing in {names}");
        Assert.Equal("Sigma.Contracts:AlertRaised send", spans.Single(s => s.SpanId == context.SpanId).DisplayName);
    }

    [Fact]
    public async Task An_alert_names_its_trace_also_when_nobody_collects_traces()
    {
        await using var station = await Station.Create(output);
        await using var subscriber = await Subscriber.Connect(station.Broker);
        var evaluator = await station.StartEvaluator();
        var poll = await station.Raise(evaluator);

        var raised = await subscriber.Next("the subscriber has the alert");

        Assert.True(ActivityContext.TryParse(raised.Set[Header], null, out var context), $"{Header} is no W3C trace context: {raised.Set[Header]}");
        Assert.Equal(poll, context.TraceId);
    }
}

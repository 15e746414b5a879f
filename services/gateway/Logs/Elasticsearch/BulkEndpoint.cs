using Microsoft.Extensions.Options;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Logs.Lines;

namespace Sigma.Gateway.Logs.Elasticsearch;

/// <summary>Takes bulk requests, all or none of their lines: shippers take a request of which one item was taken for sent.</summary>
internal sealed class BulkEndpoint(Door door, LogIntake intake, KnownFields known, RememberedIds ids, LogsTelemetry telemetry, TimeProvider time,
    IOptions<GatewayOptions> options)
{
    const string Protocol = "elasticsearch";

    static readonly string[] Kinds = [IntegrationKind.Logs];

    /// <summary>Answers <c>/_bulk</c> and <c>/{index}/_bulk</c>.</summary>
    public async Task Handle(HttpContext http, string? index)
    {
        var began = time.GetTimestamp();
        var ct = http.RequestAborted;
        Product.Set(http);
        try
        {
            var delivery = await door.Open(http, Kinds, null, null, ct);
            BulkReader? reader = null;
            var lines = await intake.Read(delivery, (to, body) => (reader = new BulkReader(to, known, index)).Read(body), ct);
            var items = reader!.Items;
            SortOutRepeated(delivery.Integration, items, lines);
            await intake.Keep(lines, Protocol, ct);
            ids.Add(delivery.Integration.Name, items.Where(item => item is { IsNamed: true, Line: >= 0 }));
            await BulkAnswer.Write(http.Response, items, time.GetElapsedTime(began), ct);
        }
        catch (RefusedException e)
        {
            await ElasticsearchErrors.Refused(http, e);
        }
    }

    void SortOutRepeated(Integration integration, List<BulkItem> items, LineCollector lines)
    {
        if (options.Value.Logs.RememberedIds == 0)
            return;
        HashSet<int> repeated = [];
        HashSet<(string?, string)> here = [];
        for (var at = 0; at < items.Count; at++)
        {
            var item = items[at];
            if (item is not { IsNamed: true, Line: >= 0 } || (here.Add((item.Index, item.Id)) && !ids.Has(integration.Name, item)))
                continue;
            repeated.Add(item.Line);
            items[at] = item.Action == "create"
                ? item with { Line = -1, Status = 409, Error = "version_conflict_engine_exception", Reason = "document already exists" }
                : item with { Line = -1, Status = 200 };
        }
        if (repeated.Count == 0)
            return;
        lines.Remove(repeated);
        telemetry.Repeated(integration.Name, repeated.Count);
    }
}

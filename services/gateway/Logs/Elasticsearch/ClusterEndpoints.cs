using Microsoft.Extensions.Options;

namespace Sigma.Gateway.Logs.Elasticsearch;

/// <summary>
/// Answers what shippers ask an Elasticsearch at their start, so that they begin to send: which version it is, its licence, whether templates and
/// policies are there. Nothing of it is kept, and nothing is told but that.
/// </summary>
internal sealed class ClusterEndpoints(IOptions<GatewayOptions> options)
{
    const string Name = "sigma";

    // Behind all others: in the standalone host "/" is the console's.
    const int Last = 1_000;

    // Asked for to be there or to be put there: templates, pipelines, policies, data streams.
    static readonly string[] Assets =
    [
        "_template/{name}", "_index_template/{name}", "_component_template/{name}", "_ilm/policy/{name}", "_ingest/pipeline/{name}",
        "_data_stream/{name}", "_alias/{name}",
    ];

    /// <summary>Maps them below an address.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        Get(endpoints, "", _ => Info());
        Get(endpoints, "_license", _ => License());
        Get(endpoints, "_xpack", _ => new { build = new { }, license = License().license, features = new { } });
        Get(endpoints, "_cluster/health", _ => Health());
        Get(endpoints, "_cluster/health/{index}", _ => Health());
        Get(endpoints, "_nodes", _ => Nodes());
        Get(endpoints, "_nodes/{what}", _ => Nodes());
        Get(endpoints, "_ilm/status", _ => new { operation_mode = "RUNNING" });
        Text(endpoints, "_cat/health", http => $"{Name} green {http.Request.Host}\n");
        foreach (var asset in Assets)
        {
            Get(endpoints, asset, _ => new { });
            endpoints.MapMethods(asset, ["PUT", "POST"], (HttpContext http) => Answer(http, new { acknowledged = true })).WithOrder(Last);
        }
    }

    void Get(IEndpointRouteBuilder endpoints, string path, Func<HttpContext, object> answer) =>
        endpoints.MapMethods(path, ["GET", "HEAD"], (HttpContext http) => Answer(http, answer(http))).WithOrder(Last);

    static void Text(IEndpointRouteBuilder endpoints, string path, Func<HttpContext, string> answer) =>
        endpoints.MapMethods(path, ["GET", "HEAD"], (HttpContext http) =>
        {
            Product.Set(http);
            return Results.Text(answer(http));
        }).WithOrder(Last);

    static IResult Answer(HttpContext http, object answer)
    {
        Product.Set(http);
        return Results.Json(answer, contentType: ElasticsearchErrors.Json);
    }

    object Info() => new
    {
        name = Name,
        cluster_name = Name,
        cluster_uuid = "sigmasigmasigmasigma00",
        version = new
        {
            number = options.Value.Logs.ElasticsearchVersion,
            build_flavor = "default",
            build_type = "docker",
            build_hash = "unknown",
            build_date = "2025-01-01T00:00:00.000Z",
            build_snapshot = false,
            lucene_version = "9.12.0",
            minimum_wire_compatibility_version = "7.17.0",
            minimum_index_compatibility_version = "7.0.0",
        },
        tagline = "You Know, for Search",
    };

    static LicenseAnswer License() => new(new("active", "00000000-0000-0000-0000-000000000000", "basic", "basic"));

    static object Health() => new
    {
        cluster_name = Name, status = "green", timed_out = false, number_of_nodes = 1, number_of_data_nodes = 1, active_primary_shards = 1,
        active_shards = 1, relocating_shards = 0, initializing_shards = 0, unassigned_shards = 0,
    };

    // None: who looks for further nodes stays with the address he has.
    static object Nodes() => new { cluster_name = Name, nodes = new { } };

    sealed record LicenseAnswer(LicenseFacts license);

    sealed record LicenseFacts(string status, string uid, string type, string mode);
}

using System.Text.Json;
using Sigma.Gateway.Answers;
using Sigma.Gateway.Intake;

namespace Sigma.Gateway.Logs.Elasticsearch;

/// <summary>Answers errors of whole requests in the way of Elasticsearch, whose own kinds of error shippers look at.</summary>
internal static class ElasticsearchErrors
{
    public const string Json = "application/json";

    /// <summary>Answers a request that is not taken.</summary>
    public static Task Refused(HttpContext http, RefusedException e)
    {
        Answer.Headers(http, e);
        var cause = new { type = Type(e.Refusal), reason = e.Message };
        return Answer.Write(http, e.Status, Json, JsonSerializer.SerializeToUtf8Bytes(
            new { error = new { root_cause = new[] { cause }, cause.type, cause.reason }, status = e.Status }));
    }

    static string Type(Refusal refusal) => refusal switch
    {
        Refusal.NoKey or Refusal.WrongKey or Refusal.WrongSignature or Refusal.NotHere => "security_exception",
        Refusal.Unknown => "resource_not_found_exception",
        Refusal.TooLarge => "content_too_long_exception",
        Refusal.TooMany => "es_rejected_execution_exception",
        Refusal.Unavailable => "unavailable_shards_exception",
        _ => "illegal_argument_exception",
    };
}

namespace Sigma.Gateway.Logs.Elasticsearch;

/// <summary>The header without which Elastic's own shippers speak to no server.</summary>
internal static class Product
{
    /// <summary>Sets it on an answer.</summary>
    public static void Set(HttpContext http) => http.Response.Headers["X-Elastic-Product"] = "Elasticsearch";
}

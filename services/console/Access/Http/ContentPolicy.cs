namespace Sigma.OperatorConsole.Access.Http;

/// <summary>What a browser may load and do on the console's pages. An endpoint that needs another policy has one of its own as metadata.</summary>
/// <param name="Value">The header's value.</param>
public sealed record ContentPolicy(string Value)
{
    /// <summary>Stands in a policy for the number of one answer, which its scripts have too.</summary>
    public const string Nonce = "{nonce}";

    /// <summary>Nothing but what the console itself serves. Virtualize sets heights, so styles of single elements are allowed.</summary>
    public static ContentPolicy Strict { get; } = new(string.Join("; ",
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "style-src-attr 'unsafe-inline'", "img-src 'self' data:",
        "connect-src 'self'", "font-src 'self'", "form-action 'self'", "base-uri 'self'", "frame-ancestors 'none'"));
}

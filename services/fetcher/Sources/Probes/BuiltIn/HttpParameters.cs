using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Sigma.Hosting.Settings;
using Sigma.Hosting.Tls;

namespace Sigma.Fetcher.Sources.Probes.BuiltIn;

/// <summary>Parameters of the probe <c>http</c>.</summary>
public sealed partial class HttpParameters : IValidatableObject
{
    /// <summary>The address that is asked.</summary>
    [Required, WebAddress]
    public string Address { get; set; } = "";

    /// <summary>GET, HEAD or POST.</summary>
    [RegularExpression("GET|HEAD|POST", ErrorMessage = "is none of GET, HEAD, POST")]
    public string Method { get; set; } = "GET";

    /// <summary>Header <c>Authorization</c>, for example <c>Bearer …</c>; never logged.</summary>
    [HeaderValue]
    public string Authorization { get; set; } = "";

    /// <summary>Which statuses are right: numbers and ranges, comma separated.</summary>
    [Required]
    public string Status { get; set; } = "200-299";

    /// <summary>The body must have this in it; empty: it is not looked at.</summary>
    public string Contains { get; set; } = "";

    /// <summary>The body must fit this regular expression; empty: it is not looked at.</summary>
    public string Matches { get; set; } = "";

    /// <summary>A certificate that is valid for fewer days than this is a condition of its own; 0: never.</summary>
    [Range(0, 3650)]
    public int CertificateDays { get; set; } = 14;

    /// <summary>Whether redirects are followed; else a redirect is the answer.</summary>
    public bool FollowRedirects { get; set; } = true;

    /// <summary>PEM file of authorities that may have signed the server's certificate, besides the system's.</summary>
    [AuthorityFile]
    public string CaFile { get; set; } = "";

    /// <summary>The answer must come within this; 0: within the check's time.</summary>
    [Duration("00:00:00", "00:10:00")]
    public TimeSpan SlowerThan { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Ranges(Status) is null)
            yield return new ValidationResult("is not numbers and ranges, as 200-299,404", [nameof(Status)]);
        if (Matches.Length > 0 && Expression(Matches) is null)
            yield return new ValidationResult("is no regular expression without back references", [nameof(Matches)]);
    }

    internal bool IsRight(int status) => Ranges(Status)!.Any(range => status >= range.From && status <= range.To);

    // Linear in the body, whatever the expression.
    internal static Regex? Expression(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    static List<(int From, int To)>? Ranges(string text)
    {
        List<(int, int)> ranges = [];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Range().Match(part) is not { Success: true } found)
                return null;
            var from = int.Parse(found.Groups[1].Value, null);
            ranges.Add((from, found.Groups[2].Success ? int.Parse(found.Groups[2].Value, null) : from));
        }
        return ranges;
    }

    [GeneratedRegex(@"^(\d{3})(?:-(\d{3}))?$")]
    private static partial Regex Range();
}

using System.ComponentModel.DataAnnotations;

namespace Sigma.Gateway.Beats;

/// <summary>Section <c>Gateway:Beats</c>: signs of life at <c>/ping/…</c>.</summary>
public sealed class BeatsOptions
{
    /// <summary>Characters that are kept of what a sender says besides; the rest is cut off. 0 to 10,000.</summary>
    [Range(0, 10_000)]
    public int LongestText { get; set; } = 500;
}

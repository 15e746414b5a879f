using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Settings;

namespace Sigma.Notifier.Accounts;

/// <summary>Section <c>Notifier:Accounts</c>.</summary>
public sealed class AccountOptions
{
    /// <summary>Alerts of this source name Segware accounts; those of others keep their labels as they are.</summary>
    [Required]
    public string Source { get; set; } = "segware";

    /// <summary>How long names are good before they are asked for again.</summary>
    [Duration("00:00:01", "7.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long an account that was not found is not asked for again; also how seldom an unknown client group has the list fetched anew.
    /// </summary>
    [Duration("00:00:01", "1.00:00:00")]
    public TimeSpan KeepNotFoundFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a failed look-up is not tried again: what is known goes out at once meanwhile.</summary>
    [Duration("00:00:00.1", "01:00:00")]
    public TimeSpan KeepFailureFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>All look-ups of one account together; then the alert goes on with what is known.</summary>
    [Duration("00:00:00.1", "00:05:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Accounts kept in memory.</summary>
    [Range(10, 1_000_000)]
    public int Limit { get; set; } = 20_000;
}

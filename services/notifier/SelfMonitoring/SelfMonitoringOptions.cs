using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Settings;

namespace Sigma.Notifier.SelfMonitoring;

/// <summary>When a warning is sent that a source is not watched. Section <c>Notifier:Blindness</c>.</summary>
public sealed class SelfMonitoringOptions
{
    /// <summary>Whether warnings are sent at all.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// How old the watermark of a source may become. Well above <c>Fetcher:PollInterval</c>. They are told that it is watched again below half of
    /// this.
    /// </summary>
    [Duration("00:00:01", "7.00:00:00")]
    public TimeSpan After { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>After its own start a notifier reads what has waited for it for so long before it judges.</summary>
    [Duration("00:00:00", "1.00:00:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often the watermarks are looked at, and notices that wait are tried.</summary>
    [Duration("00:00:00.1", "01:00:00")]
    public TimeSpan CheckEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The Segware account that the channel to Segware puts these on, by its id; none when empty.</summary>
    [StringLength(64)]
    public string SegwareAccountId { get; set; } = "";

    /// <summary>
    /// What is said of a source that is not watched any more. Lines are separated by line breaks or <c>\n</c>; one that names something without a
    /// value is left out.
    /// </summary>
    [Required, SelfMonitoringText]
    public string BlindText { get; set; } =
        """
        ⚠️ *Monitoramento parado*
        Eventos de {source} não são verificados desde {from} ({duration})
        Motivo: {reason}
        Última notícia da coleta: {reportedAt}
        Até voltar, nenhum excesso de eventos é alertado.
        """;

    /// <summary>What is said when nothing was ever watched.</summary>
    [Required, SelfMonitoringText]
    public string NeverSawText { get; set; } =
        """
        ⚠️ *Monitoramento não começou*
        Nenhum evento foi verificado desde a instalação, {from} ({duration})
        Motivo: {reason}
        Até começar, nenhum excesso de eventos é alertado.
        """;

    /// <summary>The reason given when the fetcher has not reported for half of <see cref="After"/>.</summary>
    [Required, StringLength(200)]
    public string SilenceReason { get; set; } = "a coleta não dá notícias";

    /// <summary>The reason given when events are fetched and the evaluators do not count them.</summary>
    [Required, StringLength(200)]
    public string UncountedReason { get; set; } = "os eventos chegam, mas não são contados";

    /// <summary>The reason given when the notifier's own database does not answer.</summary>
    [Required, StringLength(200)]
    public string DatabaseReason { get; set; } = "o banco de dados não responde";

    /// <summary>What is said when it is watched again.</summary>
    [Required, SelfMonitoringText]
    public string SeesAgainText { get; set; } =
        """
        ✅ *Monitoramento normalizado*
        Eventos de {source} são verificados de novo
        Parado de {from} até {to} ({duration})
        Alertas desse período podem chegar com atraso.
        """;
}

using System.ComponentModel.DataAnnotations;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.SegwareAlarmEvent;

/// <summary>
/// Section <c>Notifier:Channels:SegwareAlarmEvent</c>. The lines of its texts are joined with semicolons and cut to 255 characters.
/// </summary>
public sealed class SegwareAlarmEventOptions : ChannelOptions
{
    /// <summary>The defaults.</summary>
    public SegwareAlarmEventOptions()
    {
        OnClear = false;
        ParallelCalls = 4;
        RaisedText = """
            Excesso de eventos: {count} (limite {threshold})
            de {windowFrom} até {windowTo}
            CUC {cuc}
            código {code}
            {labels}
            """;
        ClearedText = """
            Volume normalizado: {count} eventos (limite {threshold})
            alerta de {raisedAt} até {clearedAt}
            CUC {cuc}
            código {code}
            {labels}
            """;
        RaisedAndClearedText = """
            Excesso de eventos, já normalizado: {count} (limite {threshold})
            de {raisedAt} até {clearedAt}
            CUC {cuc}
            código {code}
            {labels}
            """;
        RuleEndedText = """
            Alerta encerrado, a regra {rule} mudou: o volume não foi verificado
            eram {count} eventos (limite {threshold})
            de {raisedAt} até {clearedAt}
            CUC {cuc}
            código {code}
            {labels}
            """;
        RaisedAndRuleEndedText = """
            Excesso de eventos: {count} (limite {threshold})
            encerrado, a regra {rule} mudou: o volume não foi verificado
            de {raisedAt} até {clearedAt}
            CUC {cuc}
            código {code}
            {labels}
            """;
    }

    internal override bool TakesReminders => false;

    internal override bool IsShort => true;

    internal override Markup Markup => Markup.AlarmEvent;

    internal override string LineBreak => "; ";

    /// <summary>Code of the event put into Segware: excess of events.</summary>
    [Required]
    public string Code { get; set; } = "E702";

    /// <summary>The event's id in the customer's catalogue.</summary>
    [Required]
    public string EventId { get; set; } = "167681000";
}

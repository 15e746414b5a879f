-- The rows of an installation before the migrations of Entity Framework, as MariaDB held them when its services had stopped:
-- an alert is raised and told by an alarm event, its WhatsApp message waits in the outbox for ChatPro, which had answered 503.
-- captured at 1795961034162
insert into evaluator_coverage(source, covered_from, covered_to) values('segware', 0, 0);
insert into evaluator_coverage(source, covered_from, covered_to) values('segware', 1795952924359, 1795961028794);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'00B83421867C38603D38705DE7574586', 'segware', '28', 1795960438669, '{"account":"4712","cuc":"BEM","code":"E302"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'153907EF046E82ADFC3B22452228CC60', 'segware', '1', 1795960428631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'1B71F0C2B72062E8F8C8AF4C161CEA6C', 'segware', '8', 1795960463631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'1B81CBE4CE05A7FAD4D0B24F2DB882D8', 'segware', '5', 1795960448631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'270126415C4FEE3FEC7DFE440718D166', 'segware', '17', 1795960508631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'27567E0EC38515681AD39BD0FCB68F3D', 'segware', '29', 1795960443669, '{"account":"4712","cuc":"BEM","code":"E302"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'2E0AC867081E10BFCB43B87B6B942DD3', 'segware', '31', 1795960453669, '{"account":"4712","cuc":"BEM","code":"E302"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'3B850BDCC88BB0B753D2A5B401CDF99E', 'segware', '36', 1795960478669, '{"account":"4712","cuc":"BEM","code":"E302"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'3D1EB4D4E962CE2D6139087223B11482', 'segware', '35', 1795960473669, '{"account":"4712","cuc":"BEM","code":"E302"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'48E2295DB3666AAD62E3776DF34625B8', 'segware', '19', 1795960518631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'496C061553408DCF9DA041DA0C47DD7D', 'segware', '13', 1795960488631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'4E6A80CCBE8C3F9E4F0EA8530C13480C', 'segware', '10', 1795960473631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'65A5A5BF69613990D77878300C441B06', 'segware', '24', 1795960543631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'661D5E504234C6EEAD5EE75830F88DDC', 'segware', '3', 1795960438631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'6C7C7763650761CDFD746E1D33946F64', 'segware', '4', 1795960443631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'6E7B53EDD3F110A20176A04E00C5516B', 'segware', '34', 1795960468669, '{"account":"4712","cuc":"BEM","code":"E302"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'6EB9DBC56A7B2EB3FAE34F8F336BD418', 'segware', '16', 1795960503631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'75DCDB06A78AF72C10C50B80D95EB113', 'segware', '25', 1795960548631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'81A096C93D5BB4FEE9DF3FE26C6B7A2E', 'segware', '2', 1795960433631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'865EDB8B23A2A15B417F5A6A84EE5F20', 'segware', '20', 1795960523631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'8770DBCAE6363648651783369D1FB77D', 'segware', '22', 1795960533631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'87CEAB9AB541BBB3BDFD44682FA3B043', 'segware', '15', 1795960498631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'AA2EFE91CA1C1F6523A006BD54469520', 'segware', '23', 1795960538631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'AAD6259A8F3FD78F646AF504B8372D24', 'segware', '11', 1795960478631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'B0504E05823EE334C3B2ADD43FCA30BF', 'segware', '37', 1795960483669, '{"account":"4712","cuc":"BEM","code":"E302"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'B3A5FED09BBF783BAC5419696EF240DE', 'segware', '32', 1795960458669, '{"account":"4712","cuc":"BEM","code":"E302"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'B8560909CC3626EE4CB99135325972F5', 'segware', '9', 1795960468631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'D5D619CCB344CD057240C5491878892B', 'segware', '21', 1795960528631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'D8E9E52D4023C807CD3976485C46F9DA', 'segware', '27', 1795960433669, '{"account":"4712","cuc":"BEM","code":"E302"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'E0D5765F13787EAA513FA1E8882FFA58', 'segware', '30', 1795960448669, '{"account":"4712","cuc":"BEM","code":"E302"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'E3EB70D6293202F747B9CB11E81CE4AD', 'segware', '18', 1795960513631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'E8B43A756C373FA2CBFFE215E8BBADDD', 'segware', '33', 1795960463669, '{"account":"4712","cuc":"BEM","code":"E302"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'EB36E018942C5E1CE6B8C469353FCCC9', 'segware', '12', 1795960483631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'F28B7957B1B87104D3674EB79414B641', 'segware', '26', 1795960428669, '{"account":"4712","cuc":"BEM","code":"E302"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'F4C504D143E801226025A6E1B28C5DBF', 'segware', '7', 1795960458631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'FAC31306FF5F75160CE45BCD7212F8D0', 'segware', '14', 1795960493631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key, reported_time) values(x'FB14BBA0464AF7411437C4E5459105B0', 'segware', '6', 1795960453631, '{"account":"4711","cuc":"ALR","code":"E130"}', null, null);
insert into evaluator_parts(source, slice_from, slice_to, parts, part) values('segware', 1795952924359, 1795953824359, 1, 1);
insert into evaluator_parts(source, slice_from, slice_to, parts, part) values('segware', 1795953824359, 1795954724359, 1, 1);
insert into evaluator_parts(source, slice_from, slice_to, parts, part) values('segware', 1795954724359, 1795955624359, 1, 1);
insert into evaluator_parts(source, slice_from, slice_to, parts, part) values('segware', 1795955624359, 1795956524359, 1, 1);
insert into evaluator_parts(source, slice_from, slice_to, parts, part) values('segware', 1795956524359, 1795957424359, 1, 1);
insert into evaluator_parts(source, slice_from, slice_to, parts, part) values('segware', 1795957424359, 1795958324359, 1, 1);
insert into evaluator_parts(source, slice_from, slice_to, parts, part) values('segware', 1795958324359, 1795959224359, 1, 1);
insert into evaluator_parts(source, slice_from, slice_to, parts, part) values('segware', 1795959224359, 1795960124359, 1, 1);
insert into evaluator_parts(source, slice_from, slice_to, parts, part) values('segware', 1795960124359, 1795961024359, 1, 1);
insert into evaluator_parts(source, slice_from, slice_to, parts, part) values('segware', 1795961024359, 1795961028794, 1, 1);
insert into evaluator_rules(name, source, definition, applied_at, counts_from) values('excess-of-events', 'segware', '{"Source":"segware","Include":[{"Key":"cuc","Value":["ALI","ALR","BEM","CER","IVA","PAB","PIN"]}],"Exclude":[],"GroupBy":["account","code","cuc"],"Window":7200000,"Threshold":20,"ClearBelow":20,"Overrides":[]} own: E702', 1795960110195, 0);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'153907EF046E82ADFC3B22452228CC60', 1795960428631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'81A096C93D5BB4FEE9DF3FE26C6B7A2E', 1795960433631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'661D5E504234C6EEAD5EE75830F88DDC', 1795960438631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'6C7C7763650761CDFD746E1D33946F64', 1795960443631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'1B81CBE4CE05A7FAD4D0B24F2DB882D8', 1795960448631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'FB14BBA0464AF7411437C4E5459105B0', 1795960453631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'F4C504D143E801226025A6E1B28C5DBF', 1795960458631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'1B71F0C2B72062E8F8C8AF4C161CEA6C', 1795960463631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'B8560909CC3626EE4CB99135325972F5', 1795960468631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'4E6A80CCBE8C3F9E4F0EA8530C13480C', 1795960473631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'AAD6259A8F3FD78F646AF504B8372D24', 1795960478631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'EB36E018942C5E1CE6B8C469353FCCC9', 1795960483631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'496C061553408DCF9DA041DA0C47DD7D', 1795960488631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'FAC31306FF5F75160CE45BCD7212F8D0', 1795960493631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'87CEAB9AB541BBB3BDFD44682FA3B043', 1795960498631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'6EB9DBC56A7B2EB3FAE34F8F336BD418', 1795960503631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'270126415C4FEE3FEC7DFE440718D166', 1795960508631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'E3EB70D6293202F747B9CB11E81CE4AD', 1795960513631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'48E2295DB3666AAD62E3776DF34625B8', 1795960518631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'865EDB8B23A2A15B417F5A6A84EE5F20', 1795960523631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'D5D619CCB344CD057240C5491878892B', 1795960528631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'8770DBCAE6363648651783369D1FB77D', 1795960533631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'AA2EFE91CA1C1F6523A006BD54469520', 1795960538631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'65A5A5BF69613990D77878300C441B06', 1795960543631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'057A8254F51A4BDFE4B188B55694DA55', x'75DCDB06A78AF72C10C50B80D95EB113', 1795960548631, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'1CDFF4192B0523DE03B223753C2138A8', x'F28B7957B1B87104D3674EB79414B641', 1795960428669, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'1CDFF4192B0523DE03B223753C2138A8', x'D8E9E52D4023C807CD3976485C46F9DA', 1795960433669, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'1CDFF4192B0523DE03B223753C2138A8', x'00B83421867C38603D38705DE7574586', 1795960438669, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'1CDFF4192B0523DE03B223753C2138A8', x'27567E0EC38515681AD39BD0FCB68F3D', 1795960443669, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'1CDFF4192B0523DE03B223753C2138A8', x'E0D5765F13787EAA513FA1E8882FFA58', 1795960448669, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'1CDFF4192B0523DE03B223753C2138A8', x'2E0AC867081E10BFCB43B87B6B942DD3', 1795960453669, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'1CDFF4192B0523DE03B223753C2138A8', x'B3A5FED09BBF783BAC5419696EF240DE', 1795960458669, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'1CDFF4192B0523DE03B223753C2138A8', x'E8B43A756C373FA2CBFFE215E8BBADDD', 1795960463669, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'1CDFF4192B0523DE03B223753C2138A8', x'6E7B53EDD3F110A20176A04E00C5516B', 1795960468669, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'1CDFF4192B0523DE03B223753C2138A8', x'3D1EB4D4E962CE2D6139087223B11482', 1795960473669, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'1CDFF4192B0523DE03B223753C2138A8', x'3B850BDCC88BB0B753D2A5B401CDF99E', 1795960478669, null);
insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values(x'1CDFF4192B0523DE03B223753C2138A8', x'B0504E05823EE334C3B2ADD43FCA30BF', 1795960483669, null);
insert into fetcher_fields(source, field, seen, had, missing, missing_since) values('segware', 'accountId', 37, 37, 0, null);
insert into fetcher_fields(source, field, seen, had, missing, missing_since) values('segware', 'code', 37, 37, 0, null);
insert into fetcher_fields(source, field, seen, had, missing, missing_since) values('segware', 'cuc', 37, 37, 0, null);
insert into fetcher_fields(source, field, seen, had, missing, missing_since) values('segware', 'id', 37, 37, 0, null);
insert into fetcher_fields(source, field, seen, had, missing, missing_since) values('segware', 'occurrenceId', 0, 0, 2, 1795961029069);
insert into fetcher_fields(source, field, seen, had, missing, missing_since) values('segware', 'time', 37, 37, 0, null);
insert into fetcher_slices(source, slice_from, slice_to, state, reason, attempts, events, fingerprint, asked_at, failed_since, published_at, covered_at, delayed_by) values('segware', 1795952924359, 1795953824359, 'published', null, 0, 0, x'E3B0C44298FC1C149AFBF4C8996FB924', 1795960125247, null, 1795960125681, 1795960125681, null);
insert into fetcher_slices(source, slice_from, slice_to, state, reason, attempts, events, fingerprint, asked_at, failed_since, published_at, covered_at, delayed_by) values('segware', 1795953824359, 1795954724359, 'published', null, 0, 0, x'E3B0C44298FC1C149AFBF4C8996FB924', 1795960125222, null, 1795960125655, 1795960125655, null);
insert into fetcher_slices(source, slice_from, slice_to, state, reason, attempts, events, fingerprint, asked_at, failed_since, published_at, covered_at, delayed_by) values('segware', 1795954724359, 1795955624359, 'published', null, 0, 0, x'E3B0C44298FC1C149AFBF4C8996FB924', 1795960125222, null, 1795960125655, 1795960125655, null);
insert into fetcher_slices(source, slice_from, slice_to, state, reason, attempts, events, fingerprint, asked_at, failed_since, published_at, covered_at, delayed_by) values('segware', 1795955624359, 1795956524359, 'published', null, 0, 0, x'E3B0C44298FC1C149AFBF4C8996FB924', 1795960125222, null, 1795960125649, 1795960125649, null);
insert into fetcher_slices(source, slice_from, slice_to, state, reason, attempts, events, fingerprint, asked_at, failed_since, published_at, covered_at, delayed_by) values('segware', 1795956524359, 1795957424359, 'published', null, 0, 0, x'E3B0C44298FC1C149AFBF4C8996FB924', 1795961028999, null, 1795960125842, 1795960125842, null);
insert into fetcher_slices(source, slice_from, slice_to, state, reason, attempts, events, fingerprint, asked_at, failed_since, published_at, covered_at, delayed_by) values('segware', 1795957424359, 1795958324359, 'published', null, 0, 0, x'E3B0C44298FC1C149AFBF4C8996FB924', 1795960125732, null, 1795960125870, 1795960125870, null);
insert into fetcher_slices(source, slice_from, slice_to, state, reason, attempts, events, fingerprint, asked_at, failed_since, published_at, covered_at, delayed_by) values('segware', 1795958324359, 1795959224359, 'published', null, 0, 0, x'E3B0C44298FC1C149AFBF4C8996FB924', 1795960125738, null, 1795960125940, 1795960125940, null);
insert into fetcher_slices(source, slice_from, slice_to, state, reason, attempts, events, fingerprint, asked_at, failed_since, published_at, covered_at, delayed_by) values('segware', 1795959224359, 1795960124359, 'published', null, 0, 0, x'E3B0C44298FC1C149AFBF4C8996FB924', 1795961029001, null, 1795960125852, 1795960125852, null);
insert into fetcher_slices(source, slice_from, slice_to, state, reason, attempts, events, fingerprint, asked_at, failed_since, published_at, covered_at, delayed_by) values('segware', 1795960124359, 1795961024359, 'published', null, 0, 37, x'2D49297B4F447E9AE85367DB7CD47115', 1795961029001, null, 1795961029355, 1795961029355, null);
insert into fetcher_slices(source, slice_from, slice_to, state, reason, attempts, events, fingerprint, asked_at, failed_since, published_at, covered_at, delayed_by) values('segware', 1795961024359, 1795961028794, 'published', null, 0, 0, x'E3B0C44298FC1C149AFBF4C8996FB924', 1795961029001, null, 1795961029202, 1795961029202, null);
insert into fetcher_sources(source, watermark, lease_owner, lease_until, polled_at, stopped, clock_ahead, late_by, late_at) values('segware', 1795961028794, 'station/1/c88d4da88ed547ddb8dcaa76a8a55869', 0, 1795961029496, null, 0, 0, 0);
insert into notifier_accounts(account, account_code, company_id, trade_name, company_trade_name, client_group_name, refreshed_at) values('4711', '306410', 3, 'Escola Primavera EPP', 'Vigília Sul Ltda', 'Educação', 1795961031815);
insert into notifier_deliveries(delivery_id, alert_id, kind, channel, state, attempts, reason, receipt, claimed_until, next_attempt_at, give_up_at, created_at, settled_at) values(x'9D744C3B25775FC8E99268F829191EA6', x'01A22790C7E074CAB7F57209B4C32CF8', 'raised', 'whatsapp', 'pending', 1, '503 Service Unavailable: {"messageKey":"simulated_fault","message":"Falha simulada."}', null, 0, 1795961038316, 1796047431967, 1795961031967, null);
insert into notifier_deliveries(delivery_id, alert_id, kind, channel, state, attempts, reason, receipt, claimed_until, next_attempt_at, give_up_at, created_at, settled_at) values(x'F38212085D0D870CB83709C0FC260C83', x'01A22790C7E074CAB7F57209B4C32CF8', 'raised', 'segware-alarm-event', 'sent', 1, null, null, 0, 1795961082160, 1796047432001, 1795961032001, 1795961032793);
insert into notifier_recipients(channel, recipient, free_at, held_until, failures, reason, wake_at) values('whatsapp', x'C21B5474319C82D27DA4D060C35DFA23', 1795961032168, 1795961038303, 1, '503 Service Unavailable: {"messageKey":"simulated_fault","message":"Falha simulada."}', 0);
insert into notifier_watermarks(source, since, watermark, reported_at, reason, blindness_id, blindness_from, counted_until, clock_behind) values('segware', 1795960119423, 1795961028794, 1795961029509, null, null, null, 1795961028794, 0);
insert into outbox(id, owner, message_id, destination, content_type, message_type, body, headers, properties, correlation_id, conversation_id, initiator_id, source, sent_at, deliver_at, attempts) values(4, 'notifier', x'1B4C0000DFF02A861F0C08DF4E1F812F', '{broker}/notifier.whatsapp', 'application/vnd.masstransit+json', 'urn:message:Sigma.Notifier.Deliveries:DeliveryDue', '{
  "messageId": "1b4c0000-dff0-2a86-1f0c-08df4e1f812f",
  "requestId": null,
  "correlationId": "01a22790-c7e0-74ca-b7f5-7209b4c32cf8",
  "conversationId": "1b4c0000-dff0-2a86-1ffc-08df4e1f812f",
  "initiatorId": null,
  "sourceAddress": "{broker}/station_bus?temporary=true",
  "destinationAddress": "{broker}/notifier.whatsapp",
  "responseAddress": null,
  "faultAddress": null,
  "messageType": [
    "urn:message:Sigma.Notifier.Deliveries:DeliveryDue"
  ],
  "message": {
    "deliveryId": "9d744c3b-2577-5fc8-e992-68f829191ea6",
    "alertId": "01a22790-c7e0-74ca-b7f5-7209b4c32cf8",
    "attempt": 1
  },
  "expirationTime": null,
  "sentTime": "2026-11-29T13:48:52.8201484Z",
  "headers": {
    "MT-Activity-Id": "00-4a54ef389b0d9c763076646290f26045-c1740da8c961fec2-00"
  },
  "host": {
    "machineName": "station",
    "processName": "Sigma.Notifier",
    "processId": 19483,
    "assembly": "Sigma.Notifier",
    "assemblyVersion": "15.0.0.0",
    "frameworkVersion": "10.0.12",
    "massTransitVersion": "8.4.0.0",
    "operatingSystemVersion": "Unix"
  }
}', '{
  "MT-Activity-Id": "00-4a54ef389b0d9c763076646290f26045-c1740da8c961fec2-00"
}', '{
  "RMQ-Exchange": "notifier.whatsapp"
}', x'01A22790C7E074CAB7F57209B4C32CF8', x'1B4C0000DFF02A861FFC08DF4E1F812F', null, '{broker}/station_bus?temporary=true', 1795961032820, 1795961038333, 0);
insert into sigma_cloud_alarm_events(id, application_type, account, auxiliary, code, company_id, complement, event_id, event_log, `partition`, protocol_type, status, created_at, updated_at, delivery_id) values(1, 'sigma-cloud-events-tracker', '306410', '0', 'E702', 3, 'Excesso de eventos: 25 (limite 20); de 29/11 08:55 até 29/11 10:55; CUC ALR; código E130', '167681000', 'Excesso de eventos: 25 (limite 20); de 29/11 08:55 até 29/11 10:55; CUC ALR; código E130', '000', 'CONTACT_ID', 'sent', '2026-11-29 14:03:52', '2026-11-29 14:03:52', x'F38212085D0D870CB83709C0FC260C83');
insert into sigma_cloud_events_tracker_registers(id, account_code, trade_name, company_trade_name, client_group_name, cuc, code, quantity, period_started_at, period_ended_at, created_at, updated_at, alert_id, rule, severity, source, labels, threshold, raised_at, cleared_at, cleared_quantity, cleared_reason) values(1, '306410', 'Escola Primavera EPP', 'Vigília Sul Ltda', 'Educação', 'ALR', 'E130', 25, '2026-11-29 11:55:48', '2026-11-29 13:55:48', '2026-11-29 14:03:51', '2026-11-29 14:03:51', x'01A22790C7E074CAB7F57209B4C32CF8', 'excess-of-events', 'warning', 'segware', '{"account":"4711","code":"E130","cuc":"ALR"}', 20, 1795961029504, null, null, null);
insert into sigma_cloud_events_tracker_triggers(id, account_id, cuc, code, created_at, updated_at, trigger_id, state, rule, source, labels, severity, alert_id, quantity, threshold, raised_at, clear_check_at, version) values(41, 4711, 'ALR', 'E130', '2026-11-29 14:03:49', '2026-11-29 14:03:49', x'057A8254F51A4BDFE4B188B55694DA55', 'Raised', 'excess-of-events', 'segware', '{"account":"4711","code":"E130","cuc":"ALR"}', 'warning', x'01A22790C7E074CAB7F57209B4C32CF8', 25, 20, 1795961029504, 1795967628631, 1);
insert into sigma_cloud_events_tracker_window(id, started_at, created_at, updated_at) values(1, '2026-11-29 10:48:44', '2026-11-29 13:48:46', '2026-11-29 13:48:46');
insert into sigma_cloud_events_tracker_window(id, started_at, created_at, updated_at) values(2, '2026-11-29 12:03:48', '2026-11-29 13:48:46', '2026-11-29 14:03:49');

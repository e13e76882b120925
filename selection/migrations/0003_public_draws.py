import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('selection', '0002_lottery_proof'),
        ('juries', '0005_draw_and_exclusions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='draw', name='a_draw_number_once_in_a_jury'),
        migrations.RemoveConstraint(model_name='draw', name='one_draw_to_confirm_in_a_jury'),
        migrations.RemoveConstraint(model_name='draw', name='a_lottery_is_drawn_from_once'),
        migrations.RemoveConstraint(model_name='draw', name='setting_a_draw_aside_has_a_reason'),
        migrations.RemoveConstraint(model_name='draw', name='a_confirmed_draw_says_by_whom'),
        migrations.RenameModel(old_name='Draw', new_name='OlderDraw'),
        migrations.AlterField(
            model_name='olderdraw',
            name='jury',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='older_draws', to='juries.jury'),
        ),
        migrations.AlterField(
            model_name='olderdraw',
            name='lottery',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='older_draws', to='selection.lottery'),
        ),
        migrations.RenameField(model_name='panelseat', old_name='draw', new_name='older_draw'),
        migrations.AlterField(
            model_name='panelseat',
            name='older_draw',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='older_seats', to='selection.olderdraw'),
        ),
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('frozen', 'pool frozen'), ('committed', 'committed'), ('drawn', 'drawn'), ('closed', 'closed'), ('aborted', 'broken off')], default='frozen', max_length=10)),
                ('secret', models.BinaryField(max_length=32)),
                ('pool_root', models.CharField(max_length=64)),
                ('quotas', models.JSONField(default=list)),
                ('panel_size', models.PositiveSmallIntegerField()),
                ('frozen_at', models.DateTimeField()),
                ('objections_until', models.DateTimeField()),
                ('disclosure', models.CharField(choices=[('L1', 'public: no row of any registrant'), ('L2', 'audited: the public part, and everything for an auditor'), ('L3', 'open: everything for everybody')], default='L1', max_length=2)),
                ('opening_approved_at', models.DateTimeField(blank=True, null=True)),
                ('abort_code', models.CharField(blank=True, choices=[('objection', 'an objection was right'), ('mistake', 'somebody made a mistake'), ('technical', 'something technical failed'), ('other', 'another reason')], max_length=10)),
                ('abort_reason', models.CharField(blank=True, max_length=500)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('frozen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('jury', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='draws', to='juries.jury')),
                ('opening_approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-number',),
            },
        ),
        migrations.CreateModel(
            name='DrawEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
                ('line', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('draw', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='selection.draw')),
            ],
            options={
                'ordering': ('n',),
            },
        ),
        migrations.CreateModel(
            name='PoolEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('index', models.PositiveIntegerField()),
                ('pseudonym', models.CharField(max_length=16)),
                ('salt', models.BinaryField(max_length=16, null=True)),
                ('leaf', models.CharField(max_length=64)),
                ('values', models.JSONField(null=True)),
                ('household', models.PositiveIntegerField(blank=True, null=True)),
                ('count_leaves', models.JSONField(default=list)),
                ('draw', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='selection.draw')),
                ('registrant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pool_entries', to='juries.registrant')),
            ],
            options={
                'ordering': ('index',),
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('state', models.CharField(choices=[('committed', 'committed'), ('drawn', 'drawn'), ('aborted', 'broken off')], default='committed', max_length=10)),
                ('commitment', models.TextField()),
                ('commitment_digest', models.CharField(max_length=64)),
                ('committed_at', models.DateTimeField()),
                ('sources', models.CharField(choices=[('both', 'three balls and the drand beacon'), ('balls', 'three balls only, without internet')], default='both', max_length=10)),
                ('balls_deadline', models.DateTimeField()),
                ('beacon_round', models.PositiveBigIntegerField(blank=True, null=True)),
                ('beacon_time', models.DateTimeField(blank=True, null=True)),
                ('fallback_after', models.DateTimeField(blank=True, null=True)),
                ('beacon_signature', models.CharField(blank=True, max_length=96)),
                ('beacon_checked', models.BooleanField(default=False)),
                ('beacon_at', models.DateTimeField(blank=True, null=True)),
                ('mode', models.CharField(blank=True, choices=[('balls+beacon', 'balls and beacon'), ('balls', 'balls only'), ('beacon', 'beacon only')], max_length=12)),
                ('ticket', models.PositiveIntegerField(blank=True, null=True)),
                ('result', models.TextField(blank=True)),
                ('drawn_at', models.DateTimeField(blank=True, null=True)),
                ('committed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('draw', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='selection.draw')),
                ('lottery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='selection.lottery')),
            ],
            options={
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='Ball',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('digit', models.PositiveSmallIntegerField()),
                ('entered_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='balls', to='selection.round')),
            ],
            options={
                'ordering': ('place',),
            },
        ),
        migrations.CreateModel(
            name='QuotaChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changes', models.JSONField()),
                ('reason', models.CharField(max_length=500)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('jury', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quota_changes', to='juries.jury')),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Reserve',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('draw', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reserves', to='selection.draw')),
                ('registrant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reserve_places', to='juries.registrant')),
            ],
            options={
                'ordering': ('place',),
            },
        ),
        migrations.CreateModel(
            name='NameConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('language', models.CharField(max_length=5)),
                ('given_at', models.DateTimeField()),
                ('given_through', models.CharField(blank=True, max_length=10)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='name_consents', to='selection.panelseat')),
            ],
            options={
                'ordering': ('-given_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='FeeBasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fee_declined', models.BooleanField(default=False)),
                ('travel', models.CharField(choices=[('none', 'no travel costs'), ('tickets', 'public transport, by tickets'), ('car', 'own car, by kilometres'), ('other', 'otherwise')], default='none', max_length=10)),
                ('kilometres', models.DecimalField(blank=True, decimal_places=1, max_digits=7, null=True)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('seat', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='fee_basis', to='selection.panelseat')),
            ],
        ),
        migrations.AddField(
            model_name='lottery',
            name='draw',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='lotteries', to='selection.draw'),
        ),
        migrations.AddField(
            model_name='lottery',
            name='rehearsal',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='lottery',
            name='shuffled',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='lottery',
            name='rule',
            field=models.CharField(choices=[('leximin', 'leximin: as equal chances as the quotas allow'), ('maximin', 'maximin: the smallest chance as large as possible'), ('nash', 'nash: the product of all chances as large as possible'), ('goldilocks', 'goldilocks: no chance far too small, and none far too large')], default='leximin', max_length=20),
        ),
        migrations.AddField(
            model_name='chance',
            name='gone',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='chance',
            name='tickets',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='kind',
            field=models.CharField(choices=[('drawn', 'drawn'), ('named', 'named')], default='drawn', max_length=10),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='by_rank',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='body',
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='votes',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='answer_by',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='told_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='told_how',
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='on_the_day',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='replaced',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='offered_at',
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='panelseat',
            name='state',
            field=models.CharField(choices=[('offered', 'offered'), ('confirmed', 'confirmed'), ('declined', 'declined'), ('lapsed', 'not answered in time'), ('left', 'dropped out')], default='offered', max_length=10),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='round',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='selection.round'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.UniqueConstraint(models.F('jury'), models.F('number'), name='a_draw_number_once_in_a_jury'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.UniqueConstraint(models.F('jury'), condition=models.Q(('state', 'aborted'), _negated=True), name='one_standing_draw_in_a_jury'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'aborted'), _negated=True), models.Q(('abort_reason', ''), _negated=True), _connector='OR'), name='breaking_a_draw_off_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='drawevent',
            constraint=models.UniqueConstraint(models.F('draw'), models.F('n'), name='an_event_once_in_a_draw'),
        ),
        migrations.AddConstraint(
            model_name='poolentry',
            constraint=models.UniqueConstraint(models.F('draw'), models.F('index'), name='one_index_each_in_a_pool'),
        ),
        migrations.AddConstraint(
            model_name='poolentry',
            constraint=models.UniqueConstraint(models.F('draw'), models.F('registrant'), name='one_entry_each_in_a_pool'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(models.F('draw'), models.F('number'), name='a_round_once_in_a_draw'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(models.F('draw'), condition=models.Q(('state', 'committed')), name='one_open_round_in_a_draw'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(models.F('lottery'), condition=models.Q(('state', 'aborted'), _negated=True), name='a_lottery_is_committed_once'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'drawn'), _negated=True), models.Q(('drawn_at__isnull', False), ('ticket__isnull', False)), _connector='OR'), name='a_drawn_round_has_a_ticket'),
        ),
        migrations.AddConstraint(
            model_name='ball',
            constraint=models.UniqueConstraint(models.F('round'), models.F('place'), name='one_ball_at_a_place'),
        ),
        migrations.AddConstraint(
            model_name='ball',
            constraint=models.CheckConstraint(condition=models.Q(('digit__lte', 9)), name='a_ball_shows_a_digit'),
        ),
        migrations.AddConstraint(
            model_name='ball',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('entered_by')), _negated=True), _connector='OR'), name='somebody_else_confirms_a_ball'),
        ),
        migrations.AddConstraint(
            model_name='reserve',
            constraint=models.UniqueConstraint(models.F('draw'), models.F('registrant'), name='one_place_on_a_reserve_list'),
        ),
        migrations.AddConstraint(
            model_name='nameconsent',
            constraint=models.UniqueConstraint(models.F('seat'), condition=models.Q(('withdrawn_at', None)), name='one_standing_consent_to_a_name'),
        ),
        migrations.AddConstraint(
            model_name='lottery',
            constraint=models.CheckConstraint(condition=models.Q(('rehearsal', False), ('draw', None), _connector='OR'), name='a_rehearsal_is_of_no_draw'),
        ),
    ]

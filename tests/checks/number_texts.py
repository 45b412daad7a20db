"""number_texts: one English sentence and how each language says it, right: for the rules that compare numbers."""

# Source, then translations by locale. Every one is correct: no rule for numbers may find anything in it.
RIGHT: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "Give 600,000 IU/kg (0.037 mg/kg) every 8 hours, for at most 14 doses.{cite1}",
        {
            "de": "600.000 I.E./kg (0,037 mg/kg) alle 8 Stunden geben, höchstens 14 Dosen.{cite1}",
            "es": "Administre 600 000 UI/kg (0,037 mg/kg) cada 8 horas, con un máximo de 14 dosis.{cite1}",
            "fr": "Administrer 600 000 UI/kg (0,037 mg/kg) toutes les 8 heures, au maximum 14 doses{cite1}.",
            "ja": "60万国際単位/kg（0.037 mg/kg）を8時間ごとに、最大14回投与します{cite1}。",
            "ar": "تُعطى جرعة ٦٠٠٬٠٠٠ وحدة دولية/كغ (٠٫٠٣٧ ملغ/كغ) كل ٨ ساعات، بحد أقصى ١٤ جرعة{cite1}.",
            "pt_BR": "Administre 600.000 UI/kg (0,037 mg/kg) a cada 8 horas, no máximo 14 doses.{cite1}",
            "zh_CN": "每8小时给药60万国际单位/公斤（0.037毫克/公斤），最多14剂{cite1}。",
            "pl": "Należy podawać 600 000 j.m./kg (0,037 mg/kg) co 8 godzin, maksymalnie 14 dawek{cite1}.",
        },
    ),
    (
        "Of 255 patients with mRCC, 36 (14%) responded; the median duration was 54 months (range 3 to 131).{cite1}",
        {
            "de": "Von 255 Patienten mit mRCC sprachen 36 (14 %) an; die mediane Dauer betrug 54 Monate "
            "(Spanne 3 bis 131).{cite1}",
            "es": "De 255 pacientes con mRCC, 36 (14 %) respondieron; la mediana de la duración fue de 54 meses "
            "(intervalo: de 3 a 131).{cite1}",
            "fr": "Sur 255 patients atteints de mRCC, 36 (14 %) ont répondu ; la durée médiane était de 54 mois "
            "(extrêmes : 3 à 131){cite1}.",
            "ja": "mRCC患者255例中36例（14%）に奏効が認められ、奏効期間の中央値は54か月（範囲：3〜131）でした{cite1}。",
            "ar": "من بين 255 مريضًا مصابًا بـ mRCC، استجاب 36 مريضًا (14%)، وبلغ متوسط المدة 54 شهرًا "
            "(المدى من 3 إلى 131){cite1}.",
            "pt_BR": "Dos 255 pacientes com mRCC, 36 (14%) responderam; a duração mediana foi de 54 meses "
            "(intervalo: 3 a 131).{cite1}",
            "zh_CN": "255例mRCC患者中有36例（14%）应答，中位持续时间为54个月（范围3至131）{cite1}。",
            "pl": "Spośród 255 pacjentów z mRCC odpowiedź uzyskało 36 (14%); mediana czasu trwania "
            "wynosiła 54 miesiące "
            "(zakres od 3 do 131){cite1}.",
        },
    ),
    (
        "It was 16% in patients with mM{cite1} and 15% in patients with mRCC.{cite2}",
        {
            "de": "Bei Patienten mit mM waren es 16 %{cite1}, bei Patienten mit mRCC 15 %.{cite2}",
            "es": "Fue del 16 % en los pacientes con mM{cite1} y del 15 % en los pacientes con mRCC.{cite2}",
            "fr": "Il était de 16 % chez les patients atteints de mM{cite1} et de 15 % chez les patients atteints "
            "de mRCC{cite2}.",
            "ja": "mM患者では16％{cite1}、mRCC患者では15％でした{cite2}。",
            "ar": "بلغت ١٦٪ لدى مرضى mM{cite1} و١٥٪ لدى مرضى mRCC{cite2}.",
            "pt_BR": "Foi de 16% nos pacientes com mM{cite1} e de 15% nos pacientes com mRCC.{cite2}",
            "zh_CN": "mM患者中为16%{cite1}，mRCC患者中为15%{cite2}。",
            "pl": "Wynosił 16% u pacjentów z mM{cite1} i 15% u pacjentów z mRCC{cite2}.",
        },
    ),
    (
        "Wait at least two weeks after a 1.5 mg dose, then take 1,250 mg once daily for 10–15 days.",
        {
            "de": "Warten Sie nach einer Dosis von 1,5 mg mindestens 2 Wochen und nehmen Sie dann 10–15 Tage lang "
            "einmal täglich 1.250 mg.",
            "es": "Espere al menos 2 semanas después de una dosis de 1,5 mg y después tome 1250 mg una vez al día "
            "durante 10-15 días.",
            "fr": "Attendre au moins deux semaines après une dose de 1,5 mg, puis prendre 1 250 mg une fois par jour "
            "pendant 10 à 15 jours.",
            "ja": "1.5 mgの投与後少なくとも2週間あけてから、1,250 mgを1日1回、10〜15日間服用してください。",
            "ar": "انتظر أسبوعين على الأقل بعد جرعة 1.5 ملغ، ثم تناول 1,250 ملغ مرة واحدة يوميًا لمدة 10 إلى 15 يومًا.",
            "pt_BR": "Aguarde pelo menos duas semanas após uma dose de 1,5 mg e depois tome 1.250 mg "
            "uma vez ao dia por "
            "10 a 15 dias.",
            "zh_CN": "1.5毫克给药后至少等待两周，然后每日1次服用1250毫克，持续10–15天。",
            "pl": "Po dawce 1,5 mg należy odczekać co najmniej dwa tygodnie, a następnie przyjmować "
            "1250 mg raz na dobę "
            "przez 10–15 dni.",
        },
    ),
    (
        "The trial ran from 1985 to 1993 and was published on February 4, 2021 (p < 0.05, 95% CI 1.2–2.3).{cite1}",
        {
            "de": "Die Studie lief von 1985 bis 1993 und wurde am 4. Februar 2021 veröffentlicht (p < 0,05; 95-%-KI "
            "1,2–2,3).{cite1}",
            "es": "El ensayo se realizó de 1985 a 1993 y se publicó el 4 de febrero de 2021 (p < 0,05; IC del 95 %: "
            "1,2-2,3).{cite1}",
            "fr": "L’essai s’est déroulé de 1985 à 1993 et a été publié le 4 février 2021 (p < 0,05 ; IC à 95 % : "
            "1,2–2,3){cite1}.",
            "ja": "試験は1985年から1993年に行われ、2021年2月4日に公表されました（p < 0.05、95％CI 1.2～2.3）{cite1}。",
            "ar": "أُجريت الدراسة من عام ١٩٨٥ إلى عام ١٩٩٣ ونُشرت في ٤ فبراير ٢٠٢١ (p < ٠٫٠٥، فاصل الثقة ٩٥٪: "
            "١٫٢–٢٫٣){cite1}.",
            "pt_BR": "O estudo ocorreu de 1985 a 1993 e foi publicado em 4 de fevereiro de 2021 (p < 0,05; IC de 95%: "
            "1,2-2,3).{cite1}",
            "zh_CN": "该试验于1985年至1993年进行，并于2021年2月4日发表（p < 0.05，95% CI 1.2–2.3）{cite1}。",
            "pl": "Badanie trwało od 1985 do 1993 roku, a opublikowano je 4 lutego 2021 r. (p < 0,05; 95% CI "
            "1,2–2,3){cite1}.",
        },
    ),
    (
        "IL-2 was given to 31 of 255 patients.{cite1} Some 18 million IU were given over 24 hours in phase III.{cite2}",
        {
            "de": "IL-2 erhielten 31 von 255 Patienten.{cite1} In der Phase III wurden über 24 Stunden etwa "
            "18 Mio. I.E. gegeben.{cite2}",
            "es": "Recibieron IL-2 31 de 255 pacientes.{cite1} En la fase III se administraron unos 18 millones de UI "
            "durante 24 horas.{cite2}",
            "fr": "31 des 255 patients ont reçu de l’IL-2{cite1}. En phase III, environ 18 millions d’UI ont été "
            "administrées en 24 heures{cite2}.",
            "ja": "255例中31例にIL-2が投与されました{cite1}。"
            "第III相試験では24時間で約1800万国際単位が投与されました{cite2}。"
            "",
            "ar": "تلقى IL-2 واحد وثلاثون (31) من أصل 255 مريضًا{cite1}. وأُعطي نحو 18 مليون وحدة دولية خلال 24 ساعة "
            "في المرحلة الثالثة{cite2}.",
            "pt_BR": "31 de 255 pacientes receberam IL-2.{cite1} Na fase III, foram administrados cerca de 18 milhões "
            "de UI em 24 horas.{cite2}",
            "zh_CN": "255例患者中有31例使用了IL-2{cite1}。在III期试验中，24小时内给予约1800万国际单位{cite2}。",
            "pl": "IL-2 otrzymało 31 z 255 pacjentów{cite1}. W badaniu III fazy podano około 18 mln j.m. w ciągu "
            "24 godzin{cite2}.",
        },
    ),
    (
        "Most improve 2 to 3 days after therapy stops; if not, call within one day at 9:30 a.m. or 10 p.m.",
        {
            "de": "Die meisten bessern sich 2 bis 3 Tage nach Therapieende; wenn nicht, rufen Sie "
            "innerhalb eines Tages "
            "um 9:30 Uhr oder 22 Uhr an.",
            "es": "La mayoría mejora entre 2 y 3 días después de suspender el tratamiento; si no, "
            "llame en un día a las "
            "9:30 o a las 22:00.",
            "fr": "La plupart s’améliorent 2 à 3 jours après l’arrêt du traitement ; sinon, appelez dans un délai d’un "
            "jour à 9 h 30 ou à 22 h.",
            "ja": "ほとんどは治療中止後2〜3日で改善します。"
            "改善しない場合は1日以内に9時30分または22時に電話してください。"
            "",
            "ar": "يتحسن معظمها بعد يومين إلى ٣ أيام من إيقاف العلاج، وإلا فاتصل خلال يوم واحد في "
            "الساعة ٩:٣٠ أو ٢٢:٠٠.",
            "pt_BR": "A maioria melhora 2 a 3 dias após o fim do tratamento; caso contrário, ligue em "
            "até 1 dia às 9h30 "
            "ou às 22h.",
            "zh_CN": "大多数在停止治疗后2至3天好转；如未好转，请在一天内于9:30或22:00致电。",
            "pl": "Większość ustępuje 2–3 dni po odstawieniu leku; jeśli nie, należy zadzwonić w "
            "ciągu 1 dnia o 9.30 lub "
            "22.00.",
        },
    ),
    (
        "About 5 in 10,000 people (0.05%) may be affected.",
        {
            "de": "Etwa 5 von 10.000 Menschen (0,05 %) können betroffen sein.",
            "fr": "Environ 5 personnes sur 10 000 (0,05 %) peuvent être touchées.",
            "es": "Pueden verse afectadas unas 5 de cada 10.000 personas (0,05 %).",
            "ja": "約1万人に5人（0.05%）が影響を受ける可能性があります。",
            "zh_CN": "每10000人中约有5人（0.05%）可能受影响。",
            "pl": "Może to dotyczyć około 5 na 10 000 osób (0,05%).",
            "pt_BR": "Cerca de 5 em cada 10.000 pessoas (0,05%) podem ser afetadas.",
            "ar": "قد يتأثر نحو 5 من كل 10,000 شخص (0.05%).",
        },
    ),
    (
        "Store at 2–8 °C (36–46 °F); use within 48 hours.{cite1}",
        {
            "de": "Bei 2–8 °C (36–46 °F) lagern; innerhalb von 48 Stunden verwenden.{cite1}",
            "fr": "Conserver entre 2 et 8 °C (36 à 46 °F) ; utiliser dans les 48 heures{cite1}.",
            "ja": "2〜8°C（36〜46°F）で保存し、48時間以内に使用してください{cite1}。",
            "ar": "يُحفظ في درجة حرارة 2–8 درجة مئوية (36–46 درجة فهرنهايت)، ويُستخدم خلال 48 ساعة{cite1}.",
            "zh_CN": "在2–8°C（36–46°F）下保存，48小时内使用{cite1}。",
            "pl": "Przechowywać w temperaturze 2–8°C (36–46°F); zużyć w ciągu 48 godzin{cite1}.",
            "pt_BR": "Conservar entre 2 °C e 8 °C (36 °F a 46 °F); usar em até 48 horas.{cite1}",
            "es": "Conservar entre 2 y 8 °C (36-46 °F); usar en un plazo de 48 horas{cite1}.",
        },
    ),
    (
        "Of 1,000 patients, 250 (25%) were treated for 6 weeks, 500 for 12 weeks.",
        {
            "de": "Von 1000 Patienten wurden 250 (25 %) 6 Wochen lang behandelt, 500 12 Wochen lang.",
            "ja": "1,000例の患者のうち250例（25%）は6週間、500例は12週間治療を受けました。",
            "ar": "من بين 1,000 مريض، عولج 250 (25%) لمدة 6 أسابيع، و500 لمدة 12 أسبوعًا.",
            "zh_CN": "1000例患者中，250例（25%）治疗6周，500例治疗12周。",
            "pl": "Spośród 1000 pacjentów 250 (25%) leczono przez 6 tygodni, a 500 – przez 12 tygodni.",
            "fr": "Sur 1 000 patients, 250 (25 %) ont été traités pendant 6 semaines et 500 pendant 12 semaines.",
        },
    ),
    (
        "The 5-year survival rate was 20%, compared with 12% in the control group (p = 0.03).",
        {
            "de": "Die 5-Jahres-Überlebensrate betrug 20 %, verglichen mit 12 % in der Kontrollgruppe (p = 0,03).",
            "ja": "5年生存率は20%で、対照群では12%でした（p = 0.03）。",
            "fr": "Le taux de survie à 5 ans était de 20 %, contre 12 % dans le groupe témoin (p = 0,03).",
            "ar": "بلغ معدل البقاء على قيد الحياة لمدة 5 سنوات 20%، مقارنةً بـ 12% في المجموعة الضابطة (p = 0.03).",
            "pl": "Odsetek 5-letnich przeżyć wyniósł 20% w porównaniu z 12% w grupie kontrolnej (p = 0,03).",
            "zh_CN": "5年生存率为20%，而对照组为12%（p = 0.03）。",
            "es": "La tasa de supervivencia a 5 años fue del 20 %, frente al 12 % en el grupo de control (p = 0,03).",
            "pt_BR": "A taxa de sobrevida em 5 anos foi de 20%, em comparação com 12% no grupo controle (p = 0,03).",
        },
    ),
    (
        "Take 2 tablets 3 times a day after meals for 7 days.",
        {
            "de": "Nehmen Sie 7 Tage lang dreimal täglich 2 Tabletten nach den Mahlzeiten ein.",
            "ja": "1回2錠を1日3回、食後に7日間服用してください。",
            "zh_CN": "每次2片，每日3次，饭后服用，连续7天。",
            "ar": "تناول قرصين 3 مرات يوميًا بعد الوجبات لمدة 7 أيام.",
            "fr": "Prendre 2 comprimés 3 fois par jour après les repas pendant 7 jours.",
            "pl": "Przyjmować po 2 tabletki 3 razy na dobę po posiłkach przez 7 dni.",
            "es": "Tome 2 comprimidos 3 veces al día después de las comidas durante 7 días.",
            "pt_BR": "Tome 2 comprimidos 3 vezes ao dia após as refeições por 7 dias.",
        },
    ),
    (
        "In 1992 the FDA approved it; 6 years later, in 1998, a second use was added.{cite1}",
        {
            "de": "1992 wurde es von der FDA zugelassen; 6 Jahre später, 1998, kam eine zweite Anwendung hinzu.{cite1}",
            "ja": "FDAは1992年に承認し、その6年後の1998年に2つ目の適応が追加されました{cite1}。",
            "fr": "La FDA l’a autorisé en 1992 ; six ans plus tard, en 1998, une deuxième indication a été "
            "ajoutée{cite1}.",
            "zh_CN": "FDA于1992年批准该药；6年后，即1998年，又增加了第二个适应症{cite1}。",
            "ar": "وافقت عليه FDA عام 1992، وبعد ست سنوات، في عام 1998، أُضيف استخدام ثانٍ{cite1}.",
            "pl": "FDA zatwierdziła go w 1992 r.; 6 lat później, w 1998 r., dodano drugie wskazanie{cite1}.",
        },
    ),
    (
        "Patients with mRCC{cite1} responded less often (14%) than those with mM{cite2} (17%).",
        {
            "de": "Patienten mit mRCC{cite1} sprachen seltener an (14 %) als Patienten mit mM{cite2} (17 %).",
            "ja": "mRCC患者{cite1}の奏効率（14%）は、mM患者{cite2}（17%）より低いものでした。",
            "zh_CN": "mRCC患者{cite1}的应答率（14%）低于mM患者{cite2}（17%）。",
            "ar": "كانت الاستجابة لدى مرضى mRCC{cite1} أقل (14%) منها لدى مرضى mM{cite2} (17%).",
        },
    ),
    (
        "Because CLS can be fatal,{cite1} Proleukin is given only in hospitals.{cite2}",
        {
            "de": "Da ein CLS tödlich verlaufen kann{cite1}, wird Proleukin nur in Krankenhäusern verabreicht.{cite2}",
            "ja": "CLSは致死的となりうるため{cite1}、Proleukinは病院でのみ投与されます{cite2}。",
            "ar": "نظرًا لأن CLS قد تكون مميتة{cite1}، لا يُعطى Proleukin إلا في المستشفيات{cite2}.",
            "zh_CN": "由于CLS可能致命{cite1}，Proleukin仅在医院内给药{cite2}。",
            "fr": "Proleukin n’est administré qu’à l’hôpital{cite2}, car le CLS peut être mortel{cite1}.",
            "pl": "Ponieważ CLS może prowadzić do zgonu{cite1}, Proleukin podaje się wyłącznie w szpitalach{cite2}.",
        },
    ),
    (
        "Version 1.2 of March 2024, page 3 of 12",
        {
            "de": "Version 1.2 vom März 2024, Seite 3 von 12",
            "ja": "バージョン1.2、2024年3月、3/12ページ",
            "fr": "Version 1.2 de mars 2024, page 3 sur 12",
            "zh_CN": "1.2版，2024年3月，第3页，共12页",
            "pl": "Wersja 1.2 z marca 2024 r., strona 3 z 12",
            "ar": "الإصدار 1.2، مارس 2024، الصفحة 3 من 12",
            "es": "Versión 1.2 de marzo de 2024, página 3 de 12",
        },
    ),
    (
        "Infuse 1 L over 2½ hours; do not exceed 1/2 of the daily dose.",
        {
            "de": "1 l über 2,5 Stunden infundieren; nicht mehr als die Hälfte der Tagesdosis.",
            "fr": "Perfuser 1 L en 2 h 30 ; ne pas dépasser la moitié de la dose quotidienne.",
            "ja": "1 Lを2.5時間かけて点滴し、1日量の1/2を超えないでください。",
            "es": "Perfundir 1 l en 2,5 horas; no superar 1/2 de la dosis diaria.",
        },
    ),
    (
        "Call us from 9 a.m. to 5 p.m. (Monday to Friday).",
        {
            "de": "Rufen Sie uns von 9 bis 17 Uhr an (Montag bis Freitag).",
            "fr": "Appelez-nous de 9 h à 17 h (du lundi au vendredi).",
            "ja": "午前9時から午後5時まで（月曜〜金曜）にお電話ください。",
            "pl": "Prosimy dzwonić w godz. 9.00–17.00 (od poniedziałku do piątku).",
            "es": "Llámenos de 9:00 a 17:00 (de lunes a viernes).",
            "zh_CN": "请于上午9点至下午5点（周一至周五）致电我们。",
            "ar": "اتصل بنا من الساعة 9 صباحًا حتى 5 مساءً (من الاثنين إلى الجمعة).",
            "pt_BR": "Ligue das 9h às 17h (de segunda a sexta-feira).",
        },
    ),
    (
        "Children aged 6 months to 2 years received half the adult dose.",
        {
            "de": "Kinder im Alter von 6 Monaten bis 2 Jahren erhielten die halbe Erwachsenendosis.",
            "ja": "生後6か月から2歳の小児には成人の半量を投与しました。",
            "zh_CN": "6个月至2岁儿童接受成人剂量的一半。",
            "ar": "تلقى الأطفال من عمر 6 أشهر إلى سنتين نصف جرعة البالغين.",
        },
    ),
    (
        "Two-thirds of the 24 patients (67%) needed at least 1 L of fluid in the first 24 hours.",
        {
            "de": "Zwei Drittel der 24 Patienten (67 %) benötigten in den ersten 24 Stunden mindestens 1 l "
            "Flüssigkeit.",
            "ja": "24例中3分の2（67%）は最初の24時間に1 L以上の輸液を必要としました。",
            "zh_CN": "24例患者中有三分之二（67%）在最初24小时内至少需要1 L液体。",
            "fr": "Les deux tiers des 24 patients (67 %) ont eu besoin d’au moins 1 L de liquide au cours des 24 "
            "premières heures.",
        },
    ),
    (
        "Nurses answer around the clock at 1-800-555-0199; the pharmacy is open 24 hours a day, 7 days a week.",
        {
            "de": "Pflegekräfte antworten rund um die Uhr unter 1-800-555-0199; die Apotheke ist an 7 Tagen "
            "die Woche 24 Stunden geöffnet.",
            "es": "El personal responde las 24 horas en el 1-800-555-0199; la farmacia abre las 24 horas del "
            "día, los 7 días de la semana.",
            "fr": "Le personnel répond jour et nuit au 1-800-555-0199 ; la pharmacie est ouverte 24 heures "
            "sur 24, 7 jours sur 7.",
            "ja": "看護師が昼夜を問わず1-800-555-0199でお答えします。薬局は24時間、週7日開いています。",
            "ar": "يجيب طاقم التمريض على مدار الساعة على الرقم 1-800-555-0199، والصيدلية مفتوحة ٢٤ ساعة في "
            "اليوم، ٧ أيام في الأسبوع.",
            "pt_BR": "A enfermagem atende 24 horas por dia pelo 1-800-555-0199; a farmácia abre 24 horas por "
            "dia, 7 dias por semana.",
            "zh_CN": "护士全天候接听1-800-555-0199；药房每周7天、每天24小时开放。",
            "pl": "Personel odpowiada przez całą dobę pod numerem 1-800-555-0199; apteka jest czynna 24 "
            "godziny na dobę, 7 dni w tygodniu.",
        },
    ),
    (
        "On day 15 of cycle 2 the share had risen from 3% to 27% (95% CI 20.1–33.9); see section 4.8 for "
        "grade 3 or 4 events.",
        {
            "de": "An Tag 15 von Zyklus 2 war der Anteil von 3 auf 27 % gestiegen (95-%-KI 20,1–33,9); zu "
            "Ereignissen vom Grad 3 oder 4 siehe Abschnitt 4.8.",
            "es": "El día 15 del ciclo 2, la proporción había pasado del 3 al 27 % (IC del 95 %: 20,1-33,9); "
            "los acontecimientos de grado 3 o 4 figuran en la sección 4.8.",
            "fr": "Au 15e jour du 2e cycle, la proportion était passée de 3 à 27 % (IC à 95 % : 20,1 à 33,9) "
            "; voir rubrique 4.8 pour les événements de grade 3 ou 4.",
            "ja": "第2サイクルの15日目には割合が3%から27%に上昇しました（95% "
            "CI：20.1～33.9）。グレード3または4の事象については4.8項をご覧ください。",
            "ar": "في اليوم ١٥ من الدورة ٢ ارتفعت النسبة من ٣٪ إلى ٢٧٪ (فاصل الثقة ٩٥٪: ٢٠٫١–٣٣٫٩)؛ انظر "
            "القسم 4.8 للأحداث من الدرجة ٣ أو ٤.",
            "pt_BR": "No dia 15 do ciclo 2, a proporção tinha subido de 3% para 27% (IC de 95%: 20,1 a 33,9); "
            "consulte a seção 4.8 para eventos de grau 3 ou 4.",
            "zh_CN": "第2周期第15天，该比例已从3%升至27%（95% CI：20.1–33.9）；3级或4级事件见第4.8节。",
            "pl": "W dniu 15. cyklu 2. odsetek wzrósł z 3 do 27% (95% CI 20,1–33,9); zdarzenia stopnia 3. "
            "lub 4. opisano w punkcie 4.8.",
        },
    ),
    (
        "A quarter of an hour is enough; after one and a half hours 9 out of 10 patients had recovered, "
        "after a fortnight all had.",
        {
            "de": "Eine Viertelstunde genügt; nach 90 Minuten hatten sich 9 von 10 Patienten erholt, nach "
            "zwei Wochen alle.",
            "es": "Basta con 15 minutos; al cabo de una hora y media se habían recuperado 9 de cada 10 "
            "pacientes y, a las dos semanas, todos.",
            "fr": "Un quart d’heure suffit ; au bout d’une heure et demie, 9 patients sur 10 étaient "
            "rétablis, au bout de quinze jours tous l’étaient.",
            "ja": "15分で十分です。1時間半後には患者10人中9人が、2週間後には全員が回復していました。",
            "ar": "يكفي ربع ساعة؛ وبعد ساعة ونصف تعافى ٩ من كل ١٠ مرضى، وبعد أسبوعين تعافوا جميعًا.",
            "pt_BR": "Quinze minutos bastam; após uma hora e meia, 9 em cada 10 pacientes estavam recuperados "
            "e, após duas semanas, todos.",
            "zh_CN": "15分钟就够了；一个半小时后，10名患者中有9名恢复，两周后全部恢复。",
            "pl": "Wystarczy kwadrans; po półtorej godziny 9 na 10 pacjentów czuło się dobrze, a po 14 dniach wszyscy.",
        },
    ),
    (
        "PS 0: 7 patients out of 22 (32%); PS 1: none of 30. Those who gained more than 2 lb took 5 mg per day.",
        {
            "de": "PS 0: 7 von 22 Patienten (32 %); PS 1: keiner von 30. Wer mehr als 2 Pfund zunahm, nahm "
            "täglich 5 mg.",
            "es": "PS 0: 7 pacientes de 22 (32 %); PS 1: ninguno de 30. Quienes engordaron más de 2 libras "
            "tomaron 5 mg al día.",
            "fr": "PS 0 : 7 patients sur 22 (32 %) ; PS 1 : aucun sur 30. Ceux qui ont pris plus de 2 livres "
            "ont reçu 5 mg par jour.",
            "ja": "PS 0：22例中7例（32%）。PS "
            "1：30例中1例もありませんでした。2ポンドを超えて増えた方は1日5 mgを服用しました。",
            "ar": "PS 0: ٧ مرضى من ٢٢ (٣٢٪)؛ PS 1: لا أحد من ٣٠. ومن زاد وزنه أكثر من رطلين تناول ٥ ملغ يوميًا.",
            "pt_BR": "PS 0: 7 pacientes de 22 (32%); PS 1: nenhum de 30. Quem ganhou mais de 2 libras tomou 5 "
            "mg por dia.",
            "zh_CN": "PS 0：22例中7例（32%）；PS 1：30例中无一例。体重增加超过2磅者每日服用5 mg。",
            "pl": "PS 0: 7 z 22 pacjentów (32%); PS 1: żaden z 30. Kto przybrał ponad 2 funty, przyjmował 5 "
            "mg na dobę.",
        },
    ),
    (
        "Of every 1,000 people 40 are ill; a 60-kg person loses 6 kg, and 12 per 100 need 1½ years.",
        {
            "de": "Von 1.000 Menschen sind 40 krank; eine 60 kg schwere Person verliert 6 kg, und 12 von 100 "
            "brauchen anderthalb Jahre.",
            "es": "De cada 1000 personas, 40 están enfermas; una persona de 60 kg pierde 6 kg y 12 de cada "
            "100 necesitan un año y medio.",
            "fr": "Sur 1 000 personnes, 40 sont malades ; une personne de 60 kg perd 6 kg et 12 sur 100 ont "
            "besoin d’un an et demi.",
            "ja": "1000人のうち40人が罹患し、体重60 kgの人は6 kg減り、100人あたり12人は1年半を要します。",
            "ar": "من بين كل ١٠٠٠ شخص يمرض ٤٠؛ ويفقد من وزنه ٦٠ كغ ٦ كغ، ويحتاج ١٢ من كل ١٠٠ إلى سنة ونصف.",
            "pt_BR": "De cada 1.000 pessoas, 40 estão doentes; uma pessoa de 60 kg perde 6 kg, e 12 em cada 100 "
            "precisam de um ano e meio.",
            "zh_CN": "每1000人中有40人患病；体重60公斤的人减轻6公斤，每100人中有12人需要一年半。",
            "pl": "Na każde 1000 osób choruje 40; osoba o masie 60 kg traci 6 kg, a 12 na 100 potrzebuje półtora roku.",
        },
    ),
)
